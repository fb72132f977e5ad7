"""How each kind of the catalog is written in PyTorch."""

from __future__ import annotations

ACTIVATIONS = {
    "identity": "{z}",
    "relu": "torch.relu({z})",
    "leaky_relu": "F.leaky_relu({z}, 0.01)",
    "sigmoid": "torch.sigmoid({z})",
    "tanh": "torch.tanh({z})",
    "elu": "F.elu({z})",
    "silu": "F.silu({z})",
    "gelu": 'F.gelu({z}, approximate="tanh")',
    "softplus": "F.softplus({z}, threshold=1e9)",
    "sin": "torch.sin({z})",
    "softmax": "torch.softmax({z}, 1)",
}

LINEAR = {
    "dense": "{x} @ L{n}_W.T + L{n}_b",
    "conv2d": "F.conv2d({x}.reshape(-1, {shape}), L{n}_W.reshape(-1, {channels}, {size}, {size}), L{n}_b, "
    "stride={stride}, padding={padding}).flatten(1)",
}
"""Kinds with an activation: z from x."""

OTHER = {
    "max_pool": "F.max_pool2d({x}.reshape(-1, {shape}), {size}, {stride}).flatten(1)",
    "avg_pool": "F.avg_pool2d({x}.reshape(-1, {shape}), {size}, {stride}).flatten(1)",
    "flatten": "{x}",
    "add": "{x}",
    "concat": "{x}",
    "layer_norm": "F.layer_norm({x}, ({units},), L{n}_W[:, 0], L{n}_b, {epsilon})",
    "batch_norm": "F.batch_norm({x}.reshape(-1, {channels}, {places}), L{n}_mean, L{n}_var, L{n}_W[:, 0], L{n}_b, "
    "training, {momentum}, {epsilon}).flatten(1)",
    "dropout": "dropped({x}, {rate}, epoch, batch, {index}) if training else {x}",
}
"""Kinds without an activation: a from x."""

DROPPED = '''
def dropped(x, rate, epoch, batch, layer):
    """Silence some units, drawn anew for each batch."""
    keep = draws({stream}, epoch, batch, layer).random((x.shape[1], x.shape[0])).T >= rate
    return x * torch.as_tensor(keep / (1 - rate))
'''

LOSSES = {
    "half_mse": "0.5 * ((a - y) ** 2).sum(1)",
    "mse": "((a - y) ** 2).sum(1)",
    "mae": "(a - y).abs().sum(1)",
    "huber": 'F.huber_loss(a, y, reduction="none", delta={delta}).sum(1)',
    "bce": "-(torch.xlogy(y, a) + torch.xlogy(1 - y, 1 - a)).sum(1)",
    "cross_entropy": "-torch.xlogy(y, a).sum(1)",
    "hinge": "torch.relu(1 - y * a).sum(1)",
    "gap": "1 - (y * a).sum(1)",
    "output": "a.sum(1)",
}
"""One loss for each sample, from the answers a and the targets y."""

FUSED = {
    "bce": 'F.binary_cross_entropy_with_logits(z, y, reduction="none").sum(1)',
    "cross_entropy": "-(y * torch.log_softmax(z, 1)).sum(1)",
}
"""The same from z, safe for any size of z."""

OPTIMIZERS = {
    "sgd": "torch.optim.SGD({p}, lr=RATE)",
    "momentum": "torch.optim.SGD({p}, lr=RATE, momentum={momentum})",
    "nesterov": "torch.optim.SGD({p}, lr=RATE, momentum={momentum}, nesterov={nesterov})",
    "adagrad": "torch.optim.Adagrad({p}, lr=RATE, eps={epsilon})",
    "rmsprop": "torch.optim.RMSprop({p}, lr=RATE, alpha={rho}, eps={epsilon})",
    "adam": "torch.optim.Adam({p}, lr=RATE, betas=({beta1}, {beta2}), eps={epsilon}, weight_decay={weight_decay})",
    "adamw": "torch.optim.AdamW({p}, lr=RATE, betas=({beta1}, {beta2}), eps={epsilon}, weight_decay={weight_decay})",
    "qhm": "QHM({p}, lr=RATE, beta={beta}, nu={nu})",
    "qhadam": "QHAdam({p}, lr=RATE, betas=({beta1}, {beta2}), nus=({nu1}, {nu2}), eps={epsilon},"
    " corrected={bias_correction})",
    "lion": "Lion({p}, lr=RATE, betas=({beta1}, {beta2}), weight_decay={weight_decay})",
}

_QHM = '''
class QHM(torch.optim.Optimizer):
    """m ← β m + (1 − β) g, w ← w − η ((1 − ν) g + ν m) (Ma and Yarats 2019)."""

    def __init__(self, parameters, lr, beta, nu):
        super().__init__(parameters, {"lr": lr, "beta": beta, "nu": nu})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            beta, nu = group["beta"], group["nu"]
            for p in group["params"]:
                m = self.state[p].setdefault("m", torch.zeros_like(p))
                m.mul_(beta).add_(p.grad, alpha=1 - beta)
                p -= group["lr"] * ((1 - nu) * p.grad + nu * m)
'''

_QHADAM = '''
class QHAdam(torch.optim.Optimizer):
    """w ← w − η ((1 − ν₁) g + ν₁ m̂) / (√((1 − ν₂) g² + ν₂ v̂) + ε) (Ma and Yarats 2019)."""

    def __init__(self, parameters, lr, betas, nus, eps, corrected):
        super().__init__(parameters, {"lr": lr, "betas": betas, "nus": nus, "eps": eps, "t": 0})
        self.corrected = corrected

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            (beta1, beta2), (nu1, nu2) = group["betas"], group["nus"]
            group["t"] += 1
            for p in group["params"]:
                m = self.state[p].setdefault("m", torch.zeros_like(p))
                v = self.state[p].setdefault("v", torch.zeros_like(p))
                m.mul_(beta1).add_(p.grad, alpha=1 - beta1)
                v.mul_(beta2).add_(p.grad**2, alpha=1 - beta2)
                first, second = m, v
                if self.corrected:
                    first, second = m / (1 - beta1 ** group["t"]), v / (1 - beta2 ** group["t"])
                size = ((1 - nu2) * p.grad**2 + nu2 * second).sqrt() + group["eps"]
                p -= group["lr"] * ((1 - nu1) * p.grad + nu1 * first) / size
'''

_BARE_ADAM = '''
class BareAdam(torch.optim.Optimizer):
    """Adam without bias correction: w ← w − η m / (√v + ε)."""

    def __init__(self, parameters, lr, betas, eps, weight_decay):
        super().__init__(parameters, {"lr": lr, "betas": betas, "eps": eps, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            beta1, beta2 = group["betas"]
            for p in group["params"]:
                m = self.state[p].setdefault("m", torch.zeros_like(p))
                v = self.state[p].setdefault("v", torch.zeros_like(p))
                g = p.grad + group["weight_decay"] * p
                m.mul_(beta1).add_(g, alpha=1 - beta1)
                v.mul_(beta2).add_(g**2, alpha=1 - beta2)
                p -= group["lr"] * m / (v.sqrt() + group["eps"])
'''

_LION = '''
class Lion(torch.optim.Optimizer):
    """w ← w − η (sign(β₁ m + (1 − β₁) g) + λ w), m ← β₂ m + (1 − β₂) g (Chen et al. 2023)."""

    def __init__(self, parameters, lr, betas, weight_decay):
        super().__init__(parameters, {"lr": lr, "betas": betas, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            beta1, beta2 = group["betas"]
            for p in group["params"]:
                m = self.state[p].setdefault("m", torch.zeros_like(p))
                step = torch.sign(beta1 * m + (1 - beta1) * p.grad) + group["weight_decay"] * p
                p -= group["lr"] * step
                m.mul_(beta2).add_(p.grad, alpha=1 - beta2)
'''

OWN_OPTIMIZERS = {"Lion": _LION, "QHM": _QHM, "QHAdam": _QHADAM, "BareAdam": _BARE_ADAM}
"""What PyTorch does not bring along."""

UNCORRECTED = {
    "adam": "BareAdam({p}, lr=RATE, betas=({beta1}, {beta2}), eps={epsilon}, weight_decay={weight_decay})",
}
"""Those that PyTorch only has with bias correction, without it."""

STEP = '''
def step(rows, epoch, batch):
    """One update of all parameters."""
    optimizer.zero_grad()
    loss(x[rows], y[rows], epoch, batch, training=True).backward()
{before}    optimizer.step()
{after}'''

PENALTY = """
for name, p in parameters.items():
    if name.endswith("W"):
        p.grad += {l2} * p.detach() + {l1} * p.detach().sign()
"""
HOLD = """
for name, mask in learns.items():
    parameters[name].grad *= mask
kept = {name: parameters[name].detach().clone() for name in learns}
"""
PUT_BACK = """
with torch.no_grad():
    for name, mask in learns.items():
        parameters[name].copy_(torch.where(mask, parameters[name], kept[name]))
"""
CLIP_VALUE = """
for p in parameters.values():
    p.grad.clamp_(-{limit}, {limit})
"""
CLIP_NORM = """
norm = torch.sqrt(sum((p.grad**2).sum() for p in parameters.values()))
if norm > {limit}:
    for p in parameters.values():
        p.grad *= {limit} / norm
"""

MAIN = """
def main():
    epochs = int(sys.argv[1]) if len(sys.argv) > 1 else EPOCHS
    print("epoch", "loss", sep="\\t")
    print(0, f"{loss(x, y).item():.17g}", sep="\\t")
    for epoch in range(epochs):
        for batch, rows in enumerate(batches(epoch)):
            step(rows, epoch, batch)
        print(epoch + 1, f"{loss(x, y).item():.17g}", sep="\\t")


if __name__ == "__main__":
    main()
"""
