"""Golden values of the statistics of drift, by numpy and scipy. Run: python3 drift-golden.py > drift-golden.json

Independent of the code under test: KS and Wasserstein by scipy.stats, MMD and PSI by their definitions, the law of
counts by scipy's Dirichlet-multinomial without its number of orders, q-values by scipy's false discovery control,
Simes' p-value by its definition.
"""
import json

import numpy as np
from scipy import stats
from scipy.special import gammaln

rng = np.random.default_rng(20)
a = np.round(rng.normal(10, 3, 40), 3)
b = np.round(rng.normal(11.5, 4, 25), 3)
pooled = np.concatenate([a, b])

# PSI over pooled deciles, each value in bin floor(10 * (values below it) / n), half a patient added to each bin.
below = np.array([np.sum(pooled < value) for value in pooled])
bins = (10 * below) // len(pooled)
used = np.unique(bins)
p = np.array([np.sum(bins[len(a):] == k) + 0.5 for k in used]) / (len(b) + len(used) / 2)
q = np.array([np.sum(bins[: len(a)] == k) + 0.5 for k in used]) / (len(a) + len(used) / 2)

blocks = [9, 9, 8, 9, 9, 9, 9, 8, 9, 10]
counts = [0, 1, 0, 2, 3, 1, 4, 2, 5, 3]
n = sum(counts)
orders = gammaln(n + 1) - sum(gammaln(c + 1) for c in counts)

# Scores of the middles of the blocks, tilted populations, the wealth of the stake.
blocks_ = np.array(blocks, float)
z = stats.norm.ppf((np.cumsum(blocks_) - blocks_ / 2) / blocks_.sum())
bets = [(w, s, 0.0, None) for w, size in [(0.13, 0.5), (0.14, 1), (0.08, 1.6)] for s in (-size, size)]
bets += [(0.05, 0, 0.4, None), (0.05, 0, -0.8, None), (0.2, 0, 0, 20)]
unchanged = stats.dirichlet_multinomial.logpmf(counts, blocks_, n)
wealth = 0.0
for weight, shift, spread, belief in bets:
    tilted = blocks_ * np.exp(shift * z + spread * z**2 / 2)
    tilted *= (belief or blocks_.sum()) / tilted.sum()
    wealth += weight * np.exp(stats.dirichlet_multinomial.logpmf(counts, tilted, n) - unchanged)

p_values = [0.001, 0.013, 0.2, 0.04, 0.9, 0.011]
golden = {
    "samples": {
        "reference": a.tolist(),
        "current": b.tolist(),
        "ks": stats.ks_2samp(a, b).statistic,
        "wasserstein": stats.wasserstein_distance(a, b) / pooled.std(ddof=1),
        "psi": float(np.sum((p - q) * np.log(p / q))),
    },
    "urn": {
        "blocks": blocks,
        "counts": counts,
        "logChance": stats.dirichlet_multinomial.logpmf(counts, blocks_, n) - orders,
        "logWealth": float(np.log(wealth)),
    },
    "adjusted": {
        "pValues": p_values,
        "qValues": stats.false_discovery_control(p_values).tolist(),
        "simes": min(len(p_values) * p / (k + 1) for k, p in enumerate(sorted(p_values))),
    },
}
print(json.dumps(golden, indent=2))
