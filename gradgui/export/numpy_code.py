"""How each kind of the catalog is written in plain NumPy, forward and backward."""

from __future__ import annotations

ACTIVATIONS = {
    "identity": ("z", "np.ones_like(z)"),
    "relu": ("np.maximum(z, 0.0)", "(z > 0) * 1.0"),
    "leaky_relu": ("np.maximum(0.01 * z, z)", "np.where(z > 0, 1.0, 0.01)"),
    "sigmoid": ("sigmoid(z)", "a * (1 - a)"),
    "tanh": ("np.tanh(z)", "1 - a * a"),
    "elu": ("np.where(z > 0, z, np.expm1(np.minimum(z, 0)))", "np.where(z > 0, 1.0, a + 1)"),
    "silu": ("z * sigmoid(z)", "sigmoid(z) * (1 + z * (1 - sigmoid(z)))"),
    "gelu": (
        "0.5 * z * (1 + np.tanh(gelu_inner(z)))",
        "0.5 * (1 + np.tanh(gelu_inner(z))) + 0.5 * z * (1 - np.tanh(gelu_inner(z)) ** 2)"
        " * np.sqrt(2 / np.pi) * (1 + 3 * 0.044715 * z * z)",
    ),
    "softplus": ("np.logaddexp(0, z)", "sigmoid(z)"),
    "sin": ("np.sin(z)", "np.cos(z)"),
    "softmax": ("softmax(z)", ""),
}
"""a = f(z) and f′(z); softmax has a rule of its own."""

HELPERS = {
    "sigmoid": '''
def sigmoid(z):
    """1 / (1 + e^−z), for any size of z."""
    return 0.5 * (1 + np.tanh(0.5 * z))
''',
    "softmax": '''
def softmax(z):
    """Shares that add up to 1."""
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
''',
    "gelu_inner": """
def gelu_inner(z):
    return np.sqrt(2 / np.pi) * (z + 0.044715 * z**3)
""",
    "times_log": '''
def times_log(y, a):
    """y ln a, with 0 ln 0 = 0."""
    return np.where(y == 0, 0.0, y * np.log(np.where(y == 0, 1.0, a)))
''',
}
"""Defined only where something names them."""

ACTIVATED = '''
def f{n}(z):
    return {value}


def df{n}(z, a, da):
    """∂L/∂z from ∂L/∂a."""
    return {back}
'''
TIMES_SLOPE = "da * ({slope})"
THROUGH_SOFTMAX = "a * (da - (a * da).sum(axis=1, keepdims=True))"

CLASSES = {
    "dense": '''
class Dense:
    """z = x Wᵀ + b, a = f(z)."""

    def __init__(self, W, b, f, df):
        self.W, self.b, self.f, self.df = W, b, f, df

    def forward(self, x, *when):
        self.x, self.z = x, x @ self.W.T + self.b
        self.a = self.f(self.z)
        return self.a

    def backward(self, da, dz=None):
        dz = self.df(self.z, self.a, da) if dz is None else dz
        self.dW, self.db = dz.T @ self.x, dz.sum(axis=0)
        return dz @ self.W
''',
    "conv2d": '''
class Conv2d:
    """One small pattern, looked for at every place; pictures lie in rows, channel by channel."""

    def __init__(self, W, b, f, df, shape, size, stride, padding):
        self.W, self.b, self.f, self.df = W, b, f, df
        self.shape, self.size, self.stride, self.padding = shape, size, stride, padding

    def forward(self, x, *when):
        p = self.padding
        self.picture = np.pad(x.reshape(-1, *self.shape), ((0, 0), (0, 0), (p, p), (p, p)))
        seen = windows(self.picture, self.size, self.stride)
        self.places = seen.shape[2:4]
        self.columns = seen.transpose(0, 2, 3, 1, 4, 5).reshape(len(x), -1, self.W.shape[1])
        self.z = (self.columns @ self.W.T + self.b).transpose(0, 2, 1).reshape(len(x), -1)
        self.a = self.f(self.z)
        return self.a

    def backward(self, da, dz=None):
        dz = self.df(self.z, self.a, da) if dz is None else dz
        dz = dz.reshape(len(dz), len(self.W), -1).transpose(0, 2, 1)
        self.dW, self.db = np.einsum("npf,npc->fc", dz, self.columns), dz.sum(axis=(0, 1))
        parts = (dz @ self.W).reshape(len(dz), *self.places, self.shape[0], self.size, self.size)
        dx = put_back(parts.transpose(0, 3, 4, 5, 1, 2), self.picture.shape, self.stride)
        p = self.padding
        return dx[:, :, p : dx.shape[2] - p, p : dx.shape[3] - p].reshape(len(dz), -1)
''',
    "max_pool": '''
class MaxPool:
    """The largest of each window; only the first winner gets a gradient."""

    def __init__(self, shape, size, stride):
        self.shape, self.size, self.stride = shape, size, stride

    def forward(self, x, *when):
        seen = windows(x.reshape(-1, *self.shape), self.size, self.stride)
        flat = seen.reshape(*seen.shape[:4], -1)
        self.winner = flat.argmax(axis=4)
        return flat.max(axis=4).reshape(len(x), -1)

    def backward(self, da):
        da = da.reshape(self.winner.shape)
        member = np.arange(self.size**2).reshape(1, 1, self.size, self.size, 1, 1)
        parts = da[:, :, None, None] * (self.winner[:, :, None, None] == member)
        return put_back(parts, (len(da), *self.shape), self.stride).reshape(len(da), -1)
''',
    "avg_pool": '''
class AvgPool:
    """The mean of each window."""

    def __init__(self, shape, size, stride):
        self.shape, self.size, self.stride = shape, size, stride

    def forward(self, x, *when):
        means = windows(x.reshape(-1, *self.shape), self.size, self.stride).mean(axis=(4, 5))
        self.out = means.shape
        return means.reshape(len(x), -1)

    def backward(self, da):
        share = da.reshape(self.out)[:, :, None, None] / self.size**2
        parts = np.broadcast_to(share, (*self.out[:2], self.size, self.size, *self.out[2:]))
        return put_back(parts, (len(da), *self.shape), self.stride).reshape(len(da), -1)
''',
    "same": '''
class Same:
    """Passes everything on."""

    def forward(self, x, *when):
        return x

    def backward(self, da):
        return da
''',
    "layer_norm": '''
class LayerNorm:
    """Each example against its own average over the units."""

    def __init__(self, W, b, epsilon):
        self.W, self.b, self.epsilon = W, b, epsilon

    def forward(self, x, *when):
        self.scale = 1 / np.sqrt(x.var(axis=1, keepdims=True) + self.epsilon)
        self.normal = (x - x.mean(axis=1, keepdims=True)) * self.scale
        return self.normal * self.W[:, 0] + self.b

    def backward(self, da):
        self.dW, self.db = (da * self.normal).sum(axis=0)[:, None], da.sum(axis=0)
        g = da * self.W[:, 0]
        inner = (g * self.normal).mean(axis=1, keepdims=True)
        return (g - g.mean(axis=1, keepdims=True) - self.normal * inner) * self.scale
''',
    "batch_norm": '''
class BatchNorm:
    """Each channel against its average over the batch; outside training against the running average."""

    def __init__(self, W, b, mean, var, epsilon, momentum):
        self.W, self.b, self.mean, self.var = W, b, mean, var
        self.epsilon, self.momentum = epsilon, momentum

    def forward(self, x, training=False, *when):
        x = x.reshape(len(x), len(self.W), -1)
        mean, var = self.mean, self.var
        if training:
            mean, var, count = x.mean(axis=(0, 2)), x.var(axis=(0, 2)), x.shape[0] * x.shape[2]
            self.mean = self.mean + self.momentum * (mean - self.mean)
            self.var = self.var + self.momentum * (var * (count / max(count - 1, 1)) - self.var)
        self.scale = 1 / np.sqrt(var + self.epsilon)[:, None]
        self.normal = (x - mean[:, None]) * self.scale
        return (self.normal * self.W + self.b[:, None]).reshape(len(x), -1)

    def backward(self, da):
        da = da.reshape(self.normal.shape)
        self.dW, self.db = (da * self.normal).sum(axis=(0, 2))[:, None], da.sum(axis=(0, 2))
        inner = (da * self.normal).mean(axis=(0, 2))[:, None]
        centred = da - da.mean(axis=(0, 2))[:, None] - self.normal * inner
        return (centred * self.W * self.scale).reshape(len(da), -1)
''',
    "dropout": '''
class Dropout:
    """While training some units are silent, drawn anew for each batch."""

    def __init__(self, rate, layer):
        self.rate, self.layer = rate, layer

    def forward(self, x, training=False, epoch=0, batch=0):
        if not training:
            return x
        keep = draws(STREAM, epoch, batch, self.layer).random((x.shape[1], len(x))).T >= self.rate
        self.mask = keep / (1 - self.rate)
        return x * self.mask

    def backward(self, da):
        return da * self.mask
''',
}
SAME = ("flatten", "add", "concat")
WITH_WINDOWS = ("conv2d", "max_pool", "avg_pool")

WINDOWS = '''
def windows(picture, size, stride):
    """(N, channels, rows, columns, size, size)."""
    seen = np.lib.stride_tricks.sliding_window_view(picture, (size, size), axis=(2, 3))
    return seen[:, :, ::stride, ::stride]


def put_back(parts, shape, stride):
    """Add each window's share, (N, channels, size, size, rows, columns), back to its place."""
    picture = np.zeros(shape)
    size, (rows, columns) = parts.shape[2], parts.shape[4:]
    for i in range(size):
        for j in range(size):
            picture[:, :, i : i + stride * rows : stride, j : j + stride * columns : stride] += parts[:, :, i, j]
    return picture
'''

LAYERS = {
    "dense": "Dense({W}, {b}, f{n}, df{n})",
    "conv2d": "Conv2d({W}, {b}, f{n}, df{n}, {shape}, {size}, {stride}, {padding})",
    "max_pool": "MaxPool({shape}, {size}, {stride})",
    "avg_pool": "AvgPool({shape}, {size}, {stride})",
    "flatten": "Same()",
    "add": "Same()",
    "concat": "Same()",
    "layer_norm": "LayerNorm({W}, {b}, {epsilon})",
    "batch_norm": "BatchNorm({W}, {b}, {mean}, {var}, {epsilon}, {momentum})",
    "dropout": "Dropout({rate}, {index})",
}

LOSSES = {
    "half_mse": ("0.5 * ((a - y) ** 2).sum(axis=1)", "a - y"),
    "mse": ("((a - y) ** 2).sum(axis=1)", "2 * (a - y)"),
    "mae": ("np.abs(a - y).sum(axis=1)", "np.sign(a - y)"),
    "huber": (
        "np.where(np.abs(a - y) <= {delta}, 0.5 * (a - y) ** 2, {delta} * (np.abs(a - y) - 0.5 * {delta})).sum(axis=1)",
        "np.clip(a - y, -{delta}, {delta})",
    ),
    "bce": ("-(times_log(y, a) + times_log(1 - y, 1 - a)).sum(axis=1)", "(a - y) / np.maximum(a * (1 - a), 1e-300)"),
    "cross_entropy": ("-times_log(y, a).sum(axis=1)", "-y / np.maximum(a, 1e-300)"),
    "hinge": ("np.maximum(0, 1 - y * a).sum(axis=1)", "-y * (y * a < 1)"),
    "gap": ("1 - (y * a).sum(axis=1)", "-y"),
    "output": ("a.sum(axis=1)", "np.ones_like(a)"),
}
"""One loss for each sample, and ∂/∂a of it."""

FUSED = {
    "bce": "(np.logaddexp(0, z) - y * z).sum(axis=1)",
    "cross_entropy": "(np.log(np.exp(z - z.max(axis=1, keepdims=True)).sum(axis=1)) + z.max(axis=1))"
    " - (y * z).sum(axis=1)",
}
"""The same from z, safe for any size of z; together with the last activation ∂L/∂z is a − y."""

DECAYED = "g = g + {weight_decay} * w\n"
CORRECTED = "first, second = m[0] / (1 - {beta1}**t), m[1] / (1 - {beta2}**t)\n"
UNCORRECTED = "first, second = m[0], m[1]\n"
"""Lines of rules that may be left out, or be others."""

RULES = {
    "sgd": "step = rate * g",
    "momentum": "m[0] = {momentum} * m[0] + g\nstep = rate * m[0]",
    "nesterov": "m[0] = {momentum} * m[0] + g\nstep = rate * (g + {momentum} * m[0])",
    "adagrad": "m[0] = m[0] + g**2\nstep = rate * g / (np.sqrt(m[0]) + {epsilon})",
    "rmsprop": "m[0] = {rho} * m[0] + (1 - {rho}) * g**2\nstep = rate * g / (np.sqrt(m[0]) + {epsilon})",
    "adam": DECAYED + "m[0] = {beta1} * m[0] + (1 - {beta1}) * g\n"
    "m[1] = {beta2} * m[1] + (1 - {beta2}) * g**2\n"
    + CORRECTED
    + "step = rate * first / (np.sqrt(second) + {epsilon})",
    "adamw": "m[0] = {beta1} * m[0] + (1 - {beta1}) * g\n"
    "m[1] = {beta2} * m[1] + (1 - {beta2}) * g**2\n"
    + CORRECTED
    + "step = rate * (first / (np.sqrt(second) + {epsilon}) + {weight_decay} * w)",
    "qhm": "m[0] = {beta} * m[0] + (1 - {beta}) * g\nstep = rate * ((1 - {nu}) * g + {nu} * m[0])",
    "qhadam": "m[0] = {beta1} * m[0] + (1 - {beta1}) * g\n"
    "m[1] = {beta2} * m[1] + (1 - {beta2}) * g**2\n" + CORRECTED + "step = rate * ((1 - {nu1}) * g + {nu1} * first)"
    " / (np.sqrt((1 - {nu2}) * g**2 + {nu2} * second) + {epsilon})",
    "lion": "step = rate * (np.sign({beta1} * m[0] + (1 - {beta1}) * g) + {weight_decay} * w)\n"
    "m[0] = {beta2} * m[0] + (1 - {beta2}) * g",
}
"""From the gradient g of a parameter w to the step that is subtracted; m is what it remembers, t counts from 1."""

NETWORK = '''
def forward(x, *when):
    """The outputs of all layers; outputs[0] is the input."""
    outputs = [x]
    for layer, sources, beside in zip(layers, SOURCES, BESIDE):
        incoming = [outputs[source] for source in sources]
        joined = np.concatenate(incoming, axis=1) if beside else sum(incoming[1:], incoming[0])
        outputs.append(layer.forward(joined, *when))
    return outputs


def backward(outputs, y):
    """Every gradient, from the last layer back."""
    d_outputs = [np.zeros_like(a) for a in outputs]
    d_outputs[-1] = d_answer(outputs[-1], y)
    for n in reversed(range(len(layers))):
        dx = {handed_back}
        start = 0
        for source in SOURCES[n]:
            width = outputs[source].shape[1] if BESIDE[n] else dx.shape[1]
            d_outputs[source] = d_outputs[source] + dx[:, start : start + width]
            start += width if BESIDE[n] else 0
'''
PLAIN_BACK = "layers[n].backward(d_outputs[n + 1])"
FUSED_BACK = (
    "layers[n].backward(None, dz=d_outputs[-1]) if n == len(layers) - 1 else layers[n].backward(d_outputs[n + 1])"
)

STEP = '''
def gradients():
    """Every gradient by the parameter's name."""
    return {{f"L{{n}}.{{p}}": getattr(layers[n - 1], "d" + p) for n in LEARNING for p in "Wb"}}


def step(rows, epoch, batch, t):
    """One update of all parameters; t counts them from 1."""
    rate = {rate}
    backward(forward(x[rows], True, epoch, batch), y[rows])
    grads = gradients()
{penalties}    for name, g in grads.items():
        layer, letter = layers[int(name[1:-2]) - 1], name[-1]
        w, m = getattr(layer, letter), memory.setdefault(name, [0.0, 0.0])
{rule}
        setattr(layer, letter, w - {step})
'''

MAIN = """
def main():
    epochs = int(sys.argv[1]) if len(sys.argv) > 1 else EPOCHS
    print("epoch", "loss", sep="\\t")
    print(0, f"{loss(x, y):.17g}", sep="\\t")
    t = 0
    for epoch in range(epochs):
        for batch, rows in enumerate(batches(epoch)):
            t += 1
            step(rows, epoch, batch, t)
        print(epoch + 1, f"{loss(x, y):.17g}", sep="\\t")


if __name__ == "__main__":
    main()
"""
