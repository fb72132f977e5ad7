"""The words of the training sheet."""

from __future__ import annotations

from gradgui.text import Text, same

TITLE = Text(en="Training", zh="训练设置")
RUN = Text(en="Run", zh="运行")
RULE = Text(en="How it learns", zh="怎样学习")
AGAINST = Text(en="Against overfitting", zh="防止过拟合")
LOSS_HEAD = Text(en="What counts as wrong", zh="怎样算错")
BATCHES = Text(en="Batches and chance", zh="批次与随机")
STOPS = Text(en="Stop by itself", zh="自动停止")
SPEED = Text(en="steps per second", zh="每秒步数")
UNLIMITED = same("∞")
ACTIVATION = Text(en="activation, all hidden layers", zh="全部隐藏层的激活函数")
MIXED = Text(en="mixed", zh="各层不同")
OPTIMIZER = Text(en="optimizer", zh="优化器")
RATE = Text(en="learning rate η", zh="学习率 η")
SCHEDULE = Text(en="rate over time", zh="学习率随时间")
LOSS = Text(en="loss", zh="损失")
SEED = Text(en="seed", zh="随机种子")
EPOCHS = Text(en="after epochs", zh="训练满 epoch 数")
BELOW = Text(en="training loss below", zh="训练损失低于")
ABOVE = Text(en="training accuracy from (%)", zh="训练准确率达到（%）")
PLATEAU = Text(en="no progress for epochs", zh="没有进步的 epoch 数")
USED: dict[str, tuple[str, ...]] = {
    "constant": (),
    "step": ("every", "factor"),
    "exponential": ("factor",),
    "cosine": ("every", "factor"),
    "warmup": ("every",),
}
"""Which options each schedule looks at."""
