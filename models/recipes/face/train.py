"""Trains teachers on FER+ and from them the shipped face net, all from random weights. Run landmarks.py first.

    python train.py                                               ->  .work/face_net.pt, .work/face_train.log
    python train.py --seconds-teachers 190 --seconds-student 190  the learning rates end when the time is up

Made for one large GPU (minutes); on a CPU it runs, but for days. Of dev alone figures are printed. --repeats 1 2 trains two
sizes of network.FaceNet side by side; the one that is not network.REPEATS becomes .work/face_net_<repeats>.pt.
"""

import argparse
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

from crops import Crops, load_crops
from ferplus import FERPLUS, WORK
from fit import Budget, Log, fit
from measure import on_dev, predict
from network import REPEATS, FaceNet
from pupil import Pupil
from teacher import Teacher

SEED = 11
#: How much of the student's target is what the teachers say to the same view (Hinton et al. 2015; Beyer et al. 2022).
TAUGHT = 0.7
TEACHER_DECAY, STUDENT_DECAY = 5e-4, 2e-4
TEACHER_STEPS, STUDENT_STEPS = 4000, 10000


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="one folder with FER+'s two files and face_points.npz")
    parser.add_argument("--out", type=Path, default=WORK)
    parser.add_argument("--teachers", type=int, default=3)
    parser.add_argument("--teacher-width", type=int, default=96, help="channels at 24 x 24")
    parser.add_argument("--repeats", type=int, nargs="+", default=[REPEATS])
    parser.add_argument("--batch", type=int, default=512)
    for part, steps in (("teachers", TEACHER_STEPS), ("student", STUDENT_STEPS)):
        parser.add_argument(f"--steps-{part}", type=int, help=f"of each; {steps} where no seconds are given")
        parser.add_argument(f"--seconds-{part}", type=float, help="of all together")
    chosen = parser.parse_args()
    if not chosen.seconds_teachers:
        chosen.steps_teachers = chosen.steps_teachers or TEACHER_STEPS
    if not chosen.seconds_student:
        chosen.steps_student = chosen.steps_student or STUDENT_STEPS
    return chosen


def generator(seed: int, device: torch.device) -> torch.Generator:
    torch.manual_seed(seed)
    return torch.Generator(device).manual_seed(seed)


def train_teachers(chosen: argparse.Namespace, crops: Crops, device: torch.device, log: Log) -> list[torch.nn.Module]:
    teachers = []
    for i in range(chosen.teachers):
        random = generator(SEED + 1 + i, device)
        pupil = Pupil(Teacher(chosen.teacher_width).to(device), TEACHER_DECAY)
        seconds = chosen.seconds_teachers / chosen.teachers if chosen.seconds_teachers else None
        fit(f"teacher {i + 1}", [pupil], crops, chosen.batch, Budget(chosen.steps_teachers, seconds), random, log)
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
    logits = predict(teachers, crops.pictures, mirrored=True)
    np.save(chosen.out / "face_teachers.npy", logits.cpu().numpy().astype(np.float16))

    random = generator(SEED, device)
    students = [Pupil(FaceNet(repeats).to(device), STUDENT_DECAY) for repeats in chosen.repeats]
    paths = [chosen.out / ("face_net.pt" if repeats == REPEATS else f"face_net_{repeats}.pt") for repeats in chosen.repeats]

    def keep() -> None:
        for student, path in zip(students, paths):
            save(student, path)

    budget = Budget(chosen.steps_student, chosen.seconds_student)
    fit("student", students, crops, chosen.batch, budget, random, log, taught(teachers), keep)
    keep()
    for repeats, student in zip(chosen.repeats, students):
        nets[f"student, {repeats} repeats"] = [student.mean]
    log(dev={name: {"whole": on_dev(some, crops), "mirrored": on_dev(some, crops, mirrored=True)} for name, some in nets.items()})


if __name__ == "__main__":
    main()
