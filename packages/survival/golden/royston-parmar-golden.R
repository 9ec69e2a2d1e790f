# Writes royston-parmar-golden.json: flexible parametric fits for the tests beside ../src.
# Run from this folder after survival-golden.R, whose patients it reads:  Rscript royston-parmar-golden.R
# Needs the packages survival, splines (part of R) and jsonlite.
#
# R's survival has no such model, so this is an independent fit: another basis of the same splines (the B-spline
# basis of splines::ns), another maximiser (nlminb, then Newton's method until the score is 0 to rounding).
# With one degree of freedom the model is Weibull's, and the values come from survival::survreg.
library(survival)
library(splines)
library(jsonlite)

golden <- fromJSON("survival-golden.json")
simulated <- as.data.frame(golden$simulated$data)
simulated <- simulated[simulated$time > 0, ]
amlData <- as.data.frame(golden$aml$data)

# The basis of natural splines and its derivative: cubic B-splines whose second derivative is 0 at both ends.
naturalBasis <- function(u, knots, derivative) {
  ends <- range(knots)
  all <- sort(c(rep(ends, 4), knots[knots > ends[1] & knots < ends[2]]))
  null <- qr.Q(qr(t(splineDesign(all, ends, 4, c(2, 2)))), complete = TRUE)[, -(1:2)]
  inside <- pmin(pmax(u, ends[1]), ends[2])
  slope <- splineDesign(all, inside, 4, rep(1, length(u))) %*% null
  if (derivative == 1) slope else splineDesign(all, inside, 4) %*% null + (u - inside) * slope
}
truncatedBasis <- function(u, knots) {
  low <- min(knots)
  high <- max(knots)
  cube <- function(knot) pmax(u - knot, 0)^3
  inner <- knots[knots > low & knots < high]
  share <- (high - inner) / (high - low)
  cbind(1, u, sapply(seq_along(inner), function(j) {
    cube(inner[j]) - share[j] * cube(low) - (1 - share[j]) * cube(high)
  }))
}
spline <- function(data, covariates, degrees) {
  u <- log(data$time)
  died <- data$event == 1
  x <- as.matrix(data[covariates])
  knots <- unname(quantile(u[died], seq(0, 1, length.out = degrees + 1)))
  design <- cbind(naturalBasis(u, knots, 0), x)
  slopes <- cbind(naturalBasis(u, knots, 1), 0 * x)[died, ]
  loss <- function(p) {
    slope <- slopes %*% p
    if (any(slope <= 0)) return(Inf)
    -sum(log(slope) + (design %*% p)[died] - u[died]) + sum(exp(design %*% p))
  }
  gradient <- function(p) {
    as.vector(-crossprod(slopes, 1 / (slopes %*% p)) - colSums(design[died, ]) + crossprod(design, exp(design %*% p)))
  }
  hessian <- function(p) {
    crossprod(slopes / as.vector(slopes %*% p)) + crossprod(design * as.vector(exp(design %*% p)), design)
  }
  start <- c(lm.fit(naturalBasis(u, knots, 0), log(sum(died) / sum(data$time)) + u)$coefficients, 0 * 1:ncol(x))
  p <- nlminb(start, loss, gradient, hessian, control = list(iter.max = 1000, eval.max = 2000))$par
  for (i in 1:20) p <- p - solve(hessian(p), gradient(p))
  stopifnot(max(abs(gradient(p))) < 1e-8)
  width <- ncol(x)
  last <- length(p) - width + 1:width
  profile <- colMeans(x)
  at <- seq(min(u) - 0.5, max(u) + 0.5, length.out = 12)
  log_h <- as.vector(naturalBasis(at, knots, 0) %*% p[-last]) + sum(profile * p[last])
  slope <- as.vector(naturalBasis(at, knots, 1) %*% p[-last])
  list(
    degrees = degrees, covariates = covariates, knots = knots,
    spline = unname(lm.fit(truncatedBasis(at, knots), log_h - sum(profile * p[last]))$coefficients),
    coefficients = unname(p[last]),
    standardErrors = sqrt(diag(solve(hessian(p)))[last]), logLikelihood = -loss(p), profile = unname(profile),
    time = exp(at), survival = exp(-exp(log_h)), hazard = exp(log_h - at) * slope
  )
}
weibull <- function(data, covariates) {
  f <- survreg(Surv(time, event) ~ ., data[c("time", "event", covariates)], dist = "weibull",
               control = survreg.control(rel.tolerance = 1e-13, maxiter = 100))
  list(spline = unname(c(-coef(f)[1], 1) / f$scale), coefficients = unname(-coef(f)[-1] / f$scale),
       logLikelihood = f$loglik[2], covariates = covariates)
}

three <- c("age", "metastasis", "marker")
out <- list(
  versions = list(R = R.version.string, survival = as.character(packageVersion("survival"))),
  simulated = list(weibull = weibull(simulated, three),
                   splines = lapply(2:4, function(degrees) spline(simulated, three, degrees))),
  aml = list(weibull = weibull(amlData, "group"),
             splines = lapply(2:3, function(degrees) spline(amlData, "group", degrees)))
)
write(toJSON(out, digits = NA, auto_unbox = TRUE, pretty = FALSE), "royston-parmar-golden.json")
