"""How the network is trained: rule, loss, speed, and when to stop."""
