"""gradgui: a playground that shows what a gradient is and how backpropagation finds it."""

__version__ = "0.1.0"
