"""What is seen: one window and its panes."""

from gradgui.gui.lean import prepare

prepare()
