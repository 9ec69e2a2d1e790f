"""Golden values of concentrated-privacy.test.ts and analytic-gaussian.test.ts, to 40 digits by mpmath.

Independent of the code under test: the minimum over alpha by golden-section search of its defining formula
(Canonne, Kamath & Steinke 2020, Corollary 13), normal tails by erfc (Balle & Wang 2018, Theorem 8), the
discrete Gaussian by summing its probabilities (Theorem 7). Run: python3 privacy.py
"""
from mpmath import erfc, exp, floor, inf, log, mp, mpf, nsum, sqrt

mp.dps = 40


def log_delta_at(alpha, rho, eps):
    return (alpha - 1) * (alpha * rho - eps) + alpha * log(1 - 1 / alpha) - log(alpha - 1)


def cdp_delta(rho, eps):
    low, high = mpf(1) + mpf(10) ** -20, (eps + 1) / (2 * rho) + 2
    ratio = (sqrt(5) - 1) / 2
    for _ in range(400):
        a, b = high - ratio * (high - low), low + ratio * (high - low)
        if log_delta_at(a, rho, eps) < log_delta_at(b, rho, eps):
            high = b
        else:
            low = a
    return exp(log_delta_at((low + high) / 2, rho, eps))


def bisect(f, low, high):
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if f(middle) <= 0 else (low, middle)
    return low


def cdp_eps(rho, delta):
    return bisect(lambda eps: delta - cdp_delta(rho, eps), mpf(0), rho + 2 * sqrt(rho * log(1 / delta)))


def gaussian_delta(sigma, eps):
    upper = lambda x: erfc(x / sqrt(mpf(2))) / 2
    return upper(eps * sigma - 1 / (2 * sigma)) - exp(eps) * upper(eps * sigma + 1 / (2 * sigma))


def discrete_delta(variance, eps):
    mass = lambda x: exp(-x * x / (2 * variance))
    total = nsum(mass, [-inf, inf])
    tail = lambda start: nsum(mass, [start, inf]) / total
    return tail(floor(eps * variance - 0.5) + 1) - exp(eps) * tail(floor(eps * variance + 0.5) + 1)


print("delta of rho, epsilon")
for rho, eps in (("0.005", "0.5"), ("0.025", "1"), ("0.1", "2"), ("1", "8"), ("5", "4")):
    print(rho, eps, mp.nstr(cdp_delta(mpf(rho), mpf(eps)), 15))
print("epsilon of rho, delta")
for rho, delta in (("0.025", "1e-6"), ("0.1", "1e-5"), ("2.56", "1e-10")):
    print(rho, delta, mp.nstr(cdp_eps(mpf(rho), mpf(delta)), 15))
print("delta of Gaussian sigma, epsilon")
for sigma, eps in (("0.5", "1"), ("1", "1"), ("3", "0.5"), ("10", "0.1"), ("0.1", "60")):
    print(sigma, eps, mp.nstr(gaussian_delta(mpf(sigma), mpf(eps)), 15))
print("sigma of Gaussian epsilon, delta")
for eps, delta in (("1", "1e-5"), ("0.1", "1e-6"), ("8", "1e-6")):
    root = bisect(lambda s: -(gaussian_delta(s, mpf(eps)) - mpf(delta)), mpf("0.01"), mpf("1000"))
    print(eps, delta, mp.nstr(root, 15))
print("delta of discrete Gaussian variance, epsilon")
for variance, eps in (("4", "1"), ("20", "0.5")):
    print(variance, eps, mp.nstr(discrete_delta(mpf(variance), mpf(eps)), 15))
