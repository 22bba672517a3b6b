"""How far a training is: by its steps, or by its time where a machine is lent for minutes."""

import time


class Clock:
    """Ends after `steps`, or earlier after `seconds`; `share` runs from 0 to 1."""

    def __init__(self, steps: int, seconds: float):
        self.steps, self.seconds, self.step, self.began = steps, seconds, 0, time.time()

    @property
    def elapsed(self) -> float:
        return time.time() - self.began

    @property
    def share(self) -> float:
        return max(self.step / self.steps, self.elapsed / self.seconds) if self.elapsed < self.seconds else 1.0

    def rate(self, warm: int, least: float = 0.02) -> float:
        """Of the learning rate: rises over `warm` steps, then falls in a straight line."""
        return min(1.0, (self.step + 1) / warm) * max(least, 1 - self.share)
