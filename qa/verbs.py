"""Put English verbs into the past and back."""

import re

__all__ = ["BASE", "PARTICIPLES", "PASTS", "past"]

_PAST = dict(
    entry.split("-")
    for entry in (
        "become-became begin-began break-broke bring-brought build-built buy-bought choose-chose come-came "
        "cut-cut deal-dealt draw-drew drive-drove fall-fell feel-felt fight-fought find-found fly-flew "
        "forget-forgot get-got give-gave go-went grow-grew have-had hear-heard hit-hit hold-held keep-kept "
        "know-knew lead-led leave-left let-let lose-lost make-made mean-meant meet-met pay-paid put-put quit-quit "
        "read-read rise-rose run-ran say-said see-saw seek-sought sell-sold send-sent set-set shoot-shot "
        "show-showed shut-shut sit-sat speak-spoke spend-spent stand-stood steal-stole strike-struck take-took "
        "teach-taught tell-told think-thought throw-threw understand-understood win-won withdraw-withdrew "
        "write-wrote admit-admitted ban-banned commit-committed cope-coped drop-dropped permit-permitted "
        "plan-planned refer-referred stop-stopped submit-submitted "
    ).split()
)
PASTS = frozenset(_PAST.values())
PARTICIPLES = frozenset(
    "become begun broken chosen done drawn driven eaten fallen flown forgotten given gone grown hidden known ridden "
    "risen seen shown spoken stolen struck sunk taken thrown torn withdrawn worn written".split()
)
BASE = {form: verb for verb, form in _PAST.items()}


def past(verb: str) -> str:
    """Put a verb into the past tense."""
    if verb in _PAST:
        return _PAST[verb]
    if verb.endswith("e"):
        return f"{verb}d"
    if re.search(r"[^aeiou]y$", verb):
        return f"{verb[:-1]}ied"
    return f"{verb}ed"
