# Writes regularised-cox-golden.json: elastic-net Cox paths of R's glmnet for the tests beside ../src.
# Run from this folder:  Rscript regularised-cox-golden.R
# Needs the packages survival, glmnet and jsonlite. All patients are simulated here.
suppressMessages({
  library(survival)
  library(glmnet)
  library(jsonlite)
})

set.seed(20240602)
n <- 50
width <- 60
x <- matrix(round(rnorm(n * width), 2), n)
x[, 2] <- round(5 * x[, 2] + 3 * x[, 1], 2)
x[, 3] <- rbinom(n, 1, 0.3)
death <- rexp(n, 0.001 * exp(0.8 * x[, 1] + 0.9 * x[, 3]))
lost <- runif(n, 100, 3000)
# Rounded to 50 days, so that deaths tie with deaths and with censorings.
time <- pmax(50, round(pmin(death, lost) / 50) * 50)
event <- as.integer(death <= lost)
fold <- rep(1:5, length.out = n)
# glmnet puts a censoring behind the deaths of its day by adding 2e-14, which is lost in times of hundreds.
outcome <- Surv(time / 1000, event)

path <- function(mixing, columns, standardize = TRUE) {
  f <- glmnet(x[, columns], outcome, family = "cox", alpha = mixing, standardize = standardize, thresh = 1e-20,
              maxit = 1e9)
  kept <- unique(c(seq(1, length(f$lambda), by = 8), length(f$lambda)))
  list(
    mixing = mixing, columns = length(columns), standardise = standardize, lambda = f$lambda,
    devianceRatio = f$dev.ratio, nullDeviance = f$nulldev, kept = kept - 1,
    coefficients = t(unname(as.matrix(f$beta[, kept])))
  )
}
# The penalties are given, so that every fold is fitted at exactly these.
validation <- function(mixing, columns, lambda) {
  f <- cv.glmnet(x[, columns], outcome, family = "cox", alpha = mixing, lambda = lambda, foldid = fold,
                 grouped = TRUE, thresh = 1e-20, maxit = 1e9)
  list(mixing = mixing, columns = length(columns), lambda = f$lambda, mean = f$cvm, standardError = f$cvsd,
       smallest = f$lambda.min, oneStandardError = f$lambda.1se)
}

few <- 1:8
all <- 1:width
out <- list(
  versions = list(R = R.version.string, glmnet = as.character(packageVersion("glmnet"))),
  time = time, event = event, x = x, fold = fold,
  paths = list(path(1, few), path(0.5, few), path(0.2, few, FALSE), path(0.9, all)),
  validations = list(validation(1, few, exp(seq(log(0.3), log(0.003), length.out = 25))),
                     validation(0.5, all, exp(seq(log(0.6), log(0.06), length.out = 20))))
)
write(toJSON(out, digits = NA, auto_unbox = TRUE, pretty = FALSE), "regularised-cox-golden.json")
