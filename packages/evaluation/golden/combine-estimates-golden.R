# Expected values of src/inference/combine-estimates.test.ts, from the published formulas:
#   Rscript combine-estimates-golden.R > combine-estimates-golden.json
estimates <- c(1.21, 1.34, 1.18, 1.42, 1.27)
variances <- c(0.0021, 0.0024, 0.0020, 0.0026, 0.0022)
m <- length(estimates)
q <- mean(estimates); v <- mean(variances); b <- var(estimates)
interval <- function(variance, df) {
  half <- qt(0.975, df) * sqrt(variance)
  sprintf('{"estimate":%.15g,"variance":%.15g,"degreesOfFreedom":%.15g,"lower":%.15g,"upper":%.15g}',
          q, variance, df, q - half, q + half)
}
# Raab, Nowok & Dibben 2016: 10,000 synthetic patients of a model worth 61.
shared <- interval(v * (10000 / 61 + 1 / m), 60)
# Raghunathan, Reiter & Rubin 2003.
drawn <- interval((1 + 1 / m) * b - v, (m - 1) * (1 - v / ((1 + 1 / m) * b))^2)
# The same with variances so large that T is negative: Reiter 2002, 100 synthetic and 85 training patients.
v <- v * 10
negative <- interval(v * 100 / 85, 84)
cat(sprintf('{"sharedModel":%s,"posteriorDraws":%s,"negative":%s}\n', shared, drawn, negative))
