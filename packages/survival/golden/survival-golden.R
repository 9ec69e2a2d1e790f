# Writes survival-golden.json: reference values of R's survival package for the tests beside ../src.
# Run from this folder:  Rscript survival-golden.R
# Needs the packages survival and jsonlite. All patients are simulated here or are the published
# aml data set (Miller 1997) that comes with survival.
library(survival)
library(jsonlite)

set.seed(20240601)
n <- 80
group <- rep(1:3, length.out = n)
age <- round(rnorm(n, 15, 4), 1)
metastasis <- rbinom(n, 1, 0.25)
marker <- round(rnorm(n), 1)
death <- rexp(n, 0.0004 * exp(1.2 * metastasis + 0.05 * (age - 15) - 0.4 * marker))
lost <- runif(n, 100, 4000)
# Rounded to 50 days, so that deaths tie with deaths and with censorings; two patients at day 0.
time <- round(pmin(death, lost) / 50) * 50
event <- as.integer(death <= lost)
time[1] <- 0; event[1] <- 1
time[2] <- 0; event[2] <- 0
simulated <- data.frame(time, event, group, age, metastasis, marker)

curve <- function(data, type, level = 0.95) {
  s <- survfit(Surv(time, event) ~ 1, data = data, conf.type = type, conf.int = level)
  q <- quantile(s, c(0.25, 0.5, 0.75))
  list(
    type = type, level = level, time = s$time, atRisk = s$n.risk, events = s$n.event, censored = s$n.censor,
    survival = s$surv, logStandardError = s$std.err, lower = s$lower, upper = s$upper,
    quantile = unname(q$quantile),
    # quantile()'s own limits sort a band that is not monotone; the printed table reads it in order of time.
    medianLower = unname(summary(s)$table[8]), medianUpper = unname(summary(s)$table[9])
  )
}
curves <- function(data) {
  reversed <- survfit(Surv(time, 1 - event) ~ 1, data = data)
  at <- c(0, 9, 100, 375, 725, 1825)
  list(
    log = curve(data, "log"), loglog = curve(data, "log-log"), plain = curve(data, "plain", 0.9),
    medianFollowUp = unname(quantile(reversed, 0.5)$quantile),
    at = at,
    survivalAt = summary(survfit(Surv(time, event) ~ 1, data = data), times = at, extend = TRUE)$surv
  )
}
logRank <- function(formula, data) {
  d <- survdiff(formula, data = data)
  df <- length(d$n) - 1
  # With strata the counts come as groups by strata.
  list(observed = rowSums(cbind(d$obs)), expected = rowSums(cbind(d$exp)), chiSquare = d$chisq, degreesOfFreedom = df,
       logP = pchisq(d$chisq, df, lower.tail = FALSE, log.p = TRUE))
}
cox <- function(formula, data, ties) {
  environment(formula) <- environment() # where basehaz looks for the data again
  f <- coxph(formula, data = data, ties = ties, control = coxph.control(eps = 1e-11, iter.max = 50))
  s <- summary(f)
  list(
    ties = ties, coefficients = unname(coef(f)), covariance = unname(vcov(f)),
    standardErrors = unname(sqrt(diag(vcov(f)))), hazardRatios = unname(s$conf.int[, 1]),
    lower = unname(s$conf.int[, 3]), upper = unname(s$conf.int[, 4]),
    z = unname(s$coefficients[, 4]), p = unname(s$coefficients[, 5]),
    nullLogLikelihood = f$loglik[1], logLikelihood = f$loglik[2],
    tests = list(likelihoodRatio = test(s$logtest), wald = test(c(f$wald.test, length(coef(f)))),
                 score = test(c(f$score, length(coef(f))))),
    baseline = as.list(basehaz(f, centered = FALSE))
  )
}
test <- function(statistic) {
  list(chiSquare = unname(statistic[1]), degreesOfFreedom = unname(statistic[2]),
       logP = unname(pchisq(statistic[1], statistic[2], lower.tail = FALSE, log.p = TRUE)))
}
agree <- function(formula, data) {
  c <- concordance(formula, data = data, reverse = TRUE)
  list(index = unname(c$concordance), standardError = sqrt(c$var), counts = as.list(c$count))
}
restrictedMean <- function(data, horizons) {
  table <- sapply(horizons, function(horizon) {
    summary(survfit(Surv(time, event) ~ 1, data = data), rmean = horizon)$table[c("rmean", "se(rmean)")]
  })
  list(horizon = horizons, mean = unname(table[1, ]), standardError = unname(table[2, ]))
}
amlData <- data.frame(time = aml$time, event = aml$status, group = ifelse(aml$x == "Maintained", 1, 2))

out <- list(
  versions = list(R = R.version.string, survival = as.character(packageVersion("survival"))),
  simulated = list(
    data = as.list(simulated),
    curves = curves(simulated),
    restrictedMean = restrictedMean(simulated, c(50, 365, 1825, 3000)),
    logRank = logRank(Surv(time, event) ~ group, simulated),
    stratifiedLogRank = logRank(Surv(time, event) ~ group + strata(metastasis), simulated),
    efron = cox(Surv(time, event) ~ age + metastasis + marker, simulated, "efron"),
    breslow = cox(Surv(time, event) ~ age + metastasis + marker, simulated, "breslow"),
    concordanceMarker = agree(Surv(time, event) ~ marker, simulated),
    concordanceMetastasis = agree(Surv(time, event) ~ metastasis, simulated)
  ),
  aml = list(
    data = as.list(amlData),
    curves = curves(amlData),
    restrictedMean = restrictedMean(amlData, c(5, 20, 45, 161)),
    logRank = logRank(Surv(time, event) ~ group, amlData),
    efron = cox(Surv(time, event) ~ group, amlData, "efron"),
    breslow = cox(Surv(time, event) ~ group, amlData, "breslow")
  )
)
write(toJSON(out, digits = NA, auto_unbox = TRUE, na = "null", pretty = FALSE), "survival-golden.json")
