# Writes brier-golden.json: Brier scores of the package pec (Mogensen, Ishwaran & Gerds 2012) for the tests
# beside ../src. Run from this folder after survival-golden.R, whose patients it reads:  Rscript brier-golden.R
# Needs the packages survival, pec and jsonlite.
suppressMessages({
  library(survival)
  library(pec)
  library(jsonlite)
})

patients <- as.data.frame(fromJSON("survival-golden.json")$simulated$data)
horizons <- c(100, 375, 725, 1825)
fit <- coxph(Surv(time, event) ~ age + metastasis + marker, patients, x = TRUE)
predicted <- summary(survfit(fit, newdata = patients), times = horizons, extend = TRUE)$surv
score <- pec(list(Cox = t(rbind(1, predicted))), Hist(time, event) ~ 1, patients, times = c(0, horizons),
             exact = FALSE, cens.model = "marginal", splitMethod = "none", reference = FALSE, verbose = FALSE)
out <- list(
  versions = list(R = R.version.string, pec = as.character(packageVersion("pec"))),
  horizons = horizons, predicted = t(predicted), score = score$AppErr$Cox[-1]
)
write(toJSON(out, digits = NA, auto_unbox = TRUE, pretty = FALSE), "brier-golden.json")
