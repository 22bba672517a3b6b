"""Trains teachers on FER+ and from them the shipped face net, all from random weights. Run landmarks.py first.

    python train.py                                               ->  .work/face_net.pt, .work/face_train.log
    python train.py --seconds-teachers 220 --seconds-student 240  the learning rates end when the time is up

Made for one large GPU (minutes); on a CPU it runs, but for days. Of dev alone figures are printed.
"""

import argparse
from pathlib import Path

import torch
from torch.nn import functional as F

from crops import Crops, load_crops
from ferplus import FERPLUS, WORK
from fit import Budget, Log, fit
from measure import on_dev
from network import FaceNet
from pupil import Pupil
from teacher import Teacher

SEED = 11
#: How much of the student's target is what the teachers say to the same view (Hinton et al. 2015; Beyer et al. 2022).
TAUGHT = 0.7
TEACHER_DECAY, STUDENT_DECAY = 5e-4, 2e-4
#: What 220 and 240 seconds came to on an H100 that other trainings used as well, when the shipped net was made.
TEACHER_STEPS, STUDENT_STEPS = (2259, 1395, 1244), 3059


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="one folder with FER+'s two files and face_points.npz")
    parser.add_argument("--out", type=Path, default=WORK)
    parser.add_argument("--batch", type=int, default=512)
    parser.add_argument("--seconds-teachers", type=float, help="of all together, instead of steps")
    parser.add_argument("--seconds-student", type=float, help="instead of steps")
    return parser.parse_args()


def generator(seed: int, device: torch.device) -> torch.Generator:
    torch.manual_seed(seed)
    return torch.Generator(device).manual_seed(seed)


def train_teachers(chosen: argparse.Namespace, crops: Crops, device: torch.device, log: Log) -> list[torch.nn.Module]:
    teachers = []
    seconds = chosen.seconds_teachers and chosen.seconds_teachers / len(TEACHER_STEPS)
    for i, steps in enumerate(TEACHER_STEPS):
        random = generator(SEED + 1 + i, device)
        pupil = Pupil(Teacher().to(device), TEACHER_DECAY)
        fit(f"teacher {i + 1}", pupil, crops, chosen.batch, Budget(steps, seconds), random, log)
        teachers.append(pupil.mean)
    return teachers


def taught(teachers: list[torch.nn.Module]):
    """Targets of which a part is the mean of the teachers' probabilities."""

    @torch.no_grad()
    def blend(view: torch.Tensor, *targets: torch.Tensor) -> list[torch.Tensor]:
        with torch.autocast(view.device.type, torch.bfloat16, enabled=view.is_cuda):
            answers = [teacher(view) for teacher in teachers]
        means = [torch.stack([F.softmax(head.float(), 1) for head in heads]).mean(0) for heads in zip(*answers)]
        return [(1 - TAUGHT) * target + TAUGHT * mean for target, mean in zip(targets, means)]

    return blend


def save(pupil: Pupil, path: Path) -> None:
    """Renamed last, so that a training cut short leaves a whole file."""
    state = {key: value.cpu().contiguous() for key, value in pupil.mean.state_dict().items()}
    part = path.with_suffix(".part")
    torch.save(state, part)
    part.replace(path)


def main() -> None:
    chosen = options()
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.backends.cudnn.benchmark = True
    chosen.out.mkdir(parents=True, exist_ok=True)
    log = Log(chosen.out / "face_train.log")
    crops = load_crops(chosen.data or FERPLUS, (chosen.data or WORK) / "face_points.npz", device)
    settings = {key: value for key, value in vars(chosen).items() if key not in ("data", "out")}
    log(device=device.type, train=len(crops.train), dev=len(crops.dev), **settings)

    teachers = train_teachers(chosen, crops, device, log)
    nets = {f"teacher {i + 1}": [teacher] for i, teacher in enumerate(teachers)} | {"teachers": teachers}

    random = generator(SEED, device)
    student = Pupil(FaceNet().to(device), STUDENT_DECAY)

    def keep() -> None:
        save(student, chosen.out / "face_net.pt")

    budget = Budget(STUDENT_STEPS, chosen.seconds_student)
    fit("student", student, crops, chosen.batch, budget, random, log, taught(teachers), keep)
    keep()
    nets["student"] = [student.mean]
    log(dev={name: {"whole": on_dev(some, crops), "mirrored": on_dev(some, crops, mirrored=True)} for name, some in nets.items()})


if __name__ == "__main__":
    main()
