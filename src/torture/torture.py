"""Tortures the product in rounds until the time is up, and prints what it did. See bin/torture.sh."""

import argparse
import os
import sys
import time
import traceback

import harness
import accounts
import clients
import clock
import crowd
import errors
import full
import hostile
import kills
import outputs
import places
import power
import streams

KINDS = {
    "kill": kills.kill,
    "full": full.full,
    "io": errors.io,
    "crowd": crowd.crowd,
    "clock": clock.clock,
    "places": places.places,
    "accounts": accounts.accounts,
    "hostile": hostile.hostile,
    "clients": clients.clients,
    "outputs": outputs.outputs,
    "streams": streams.streams,
    "power": power.power,
}


def arguments():
    parser = argparse.ArgumentParser(prog="bin/torture.sh", description="What the product survives.")
    parser.add_argument("--seconds", type=int, default=60, help="about how long, default 60")
    parser.add_argument("--seed", type=int, default=1, help="what chance begins with, default 1")
    parser.add_argument("--round", type=int, help="this round alone, to see a failure again")
    parser.add_argument("--workers", type=int, default=8, help="processes at once, default 8")
    parser.add_argument("--brief", action="store_true", help="end rounds early that are over their share of the time")
    parser.add_argument("kind", nargs="*", metavar="KIND", help=" ".join(KINDS) + "; default: all")
    options = parser.parse_args()
    unknown = [kind for kind in options.kind if kind not in KINDS]
    if unknown:
        parser.exit(64, f"there is no kind {unknown[0]}; there are {' '.join(KINDS)}\n")
    return options


class Tally:
    """What came of one kind."""

    def __init__(self):
        self.rounds = 0
        self.seconds = 0.0
        self.counts = {}
        self.broken = 0
        self.skipped = set()


def play(kind, number, options, tally):
    """One round; what it breaks is told at once, with how to see it again."""
    round = harness.Round(kind, options.seed, number, options.workers)
    round.number = number
    round.title = ""
    if options.brief:
        round.deadline = time.monotonic() + options.seconds / len(options.kind or KINDS)
    started = time.monotonic()
    keep = False
    try:
        KINDS[kind](round)
    except harness.Skip as skip:
        tally.skipped.add(str(skip))
    except Exception as broken:
        keep = True
        tally.broken += 1
        fault = broken if isinstance(broken, harness.Broken) else "".join(traceback.format_exception(broken))
        print(f"{kind} {round.title}, round {number}: {fault}", file=sys.stderr)
        print(
            f"  again: bin/torture.sh --seed {options.seed} --round {number} {kind}\n"
            f"  files: {round.folder}",
            file=sys.stderr,
        )
    finally:
        if not keep:
            round.close()
    tally.rounds += 1
    tally.seconds += time.monotonic() - started
    for name, count in round.counts.items():
        tally.counts[name] = tally.counts.get(name, 0) + count


def table(tallies):
    """In Markdown, for docs/reliability.md."""
    lines = ["| kind | rounds | seconds | survived | broken |", "|---|---:|---:|---|---:|"]
    for kind, tally in tallies.items():
        counts = ", ".join(f"{count:,} {name}" for name, count in sorted(tally.counts.items()))
        lines.append(f"| {kind} | {tally.rounds} | {tally.seconds:.0f} | {counts} | {tally.broken} |")
    return "\n".join(lines)


def main():
    options = arguments()
    chosen = options.kind or list(KINDS)
    tallies = {kind: Tally() for kind in chosen}
    if options.round is not None:
        for kind in chosen:
            play(kind, options.round, options, tallies[kind])
    else:
        # Every kind has its turn; the one that has had the least time is next.
        end = time.monotonic() + options.seconds
        while time.monotonic() < end or (options.brief and not all(tally.rounds for tally in tallies.values())):
            kind = min(chosen, key=lambda kind: tallies[kind].seconds)
            tally = tallies[kind]
            play(kind, tally.rounds, options, tally)
            if tally.skipped and not tally.counts:
                # It would be skipped again and again.
                tally.seconds = float("inf")
                if all(tallies[kind].seconds == float("inf") for kind in chosen):
                    break
    for kind, tally in tallies.items():
        tally.seconds = 0 if tally.seconds == float("inf") else tally.seconds
        for reason in sorted(tally.skipped):
            print(f"skipped in {kind}: {reason}", file=sys.stderr)
    print(table(tallies))
    sys.stdout.flush()
    os._exit(1 if any(tally.broken for tally in tallies.values()) else 0)


if __name__ == "__main__":
    main()
