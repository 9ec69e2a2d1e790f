"""Golden values of adamw.test.ts: PyTorch's published AdamW update, in double precision.

Source: pytorch.org/docs/stable/generated/torch.optim.AdamW.html, the algorithm in its first box, after
torch.nn.utils.clip_grad_norm_ without its 1e-6. Run: python3 adamw.py
"""
import math

lr, beta1, beta2, eps, decay, clip = 0.1, 0.9, 0.99, 1e-8, 0.05, 2.0
theta = [1.0, -2.0, 0.5]
moment1, moment2 = [0.0] * 3, [0.0] * 3
gradients = [[0.5, -1.0, 0.0], [3.0, 4.0, 0.0], [-0.2, 0.1, 1.5], [0.3, 0.3, -0.7]]
for t, gradient in enumerate(gradients, start=1):
    norm = math.sqrt(sum(g * g for g in gradient))
    gradient = [g * min(1.0, clip / norm) for g in gradient]
    for i, g in enumerate(gradient):
        theta[i] -= lr * decay * theta[i]
        moment1[i] = beta1 * moment1[i] + (1 - beta1) * g
        moment2[i] = beta2 * moment2[i] + (1 - beta2) * g * g
        corrected1 = moment1[i] / (1 - beta1**t)
        corrected2 = moment2[i] / (1 - beta2**t)
        theta[i] -= lr * corrected1 / (math.sqrt(corrected2) + eps)
    print([f"{x:.9f}" for x in theta])
