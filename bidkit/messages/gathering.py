"""BK640–BK659: what partners sent, and the folder in which `bidkit merge` gathers it."""

from bidkit.diagnostics import Message, Severity
from bidkit.i18n import N_

NO_PARTNERS = Message(
    "BK640",
    "no-partners",
    N_("No partner's file was named, and the folder “{folder}” holds none yet."),
    N_("Name the files that partners sent: bidkit merge paja.xlsx malli.xlsx --lead paja --out {folder}."),
    N_(
        "`bidkit merge` gathers the files of partners, which come by e-mail, into one folder. Name each of them, or "
        "the folder in which you saved them.\n\nLater it is enough to name what has come since."
    ),
)
NO_ORGANISATION = Message(
    "BK641",
    "nobodys-file",
    N_("The file does not tell whose it is: it has no organisation with an id."),
    N_("Ask its sender for the workbook with its own information (tiedot.xlsx), or for the member form."),
    N_(
        "Every partner is known by the id of its organisation: on the sheet Järjestö of `tiedot.xlsx`, in "
        "`organisation.yaml`, or on the one sheet of the member form (`jasenlomake.xlsx`). This file has neither, so "
        "nothing of it was taken.\n\nIf a partner sent several files, put them into one folder and name the folder."
    ),
)
SAME_FILE = Message(
    "BK642",
    "same-file-twice",
    N_("This is the same as {first}, so it was taken once."),
    N_("Nothing needs to be done; one of the two can be left out."),
    N_(
        "The same content was named twice: as two copies of one file, or one attachment saved twice. It is taken "
        "once.\n\nNothing needs to be done."
    ),
    Severity.NOTE,
)
SAME_MEMBER = Message(
    "BK643",
    "one-member-two-files",
    N_("The id “{id}” is in {other} too, and the two differ, so neither was taken."),
    N_("Name only the newer of the two; if they are two organisations, ask one of them for another id."),
    N_(
        "Two files say that they are of the same organisation, and their content differs. bidkit cannot know which is "
        "the newer one, so neither was taken; what the member sent before is as it was.\n\nLeave out the older file "
        "and run the command again. If they are two organisations, one of them needs another id."
    ),
)
NEAR_ID = Message(
    "BK644",
    "ids-look-alike",
    N_("The id “{id}” differs from “{other}” ({where}) only by its dashes or letters' case, so it was not taken."),
    N_("Write the id as “{other}” if it is the same organisation; if it is another, give it quite another id."),
    N_(
        "Two ids that look alike are nearly always one organisation that has written its id in two ways. Taken as two "
        "it would be counted twice, so this file was not taken.\n\nAsk the sender to write the id as it was before. "
        "Two different organisations need ids that nobody mixes up."
    ),
)
SAME_BUSINESS_ID = Message(
    "BK645",
    "one-business-id-two-members",
    N_("“{id}” has the business ID {business_id}, which “{other}” ({where}) has too, so it was not taken."),
    N_("Keep the id “{other}” if it is the same organisation; otherwise correct one of the business IDs."),
    N_(
        "A business ID belongs to one organisation. Here two ids have the same, so either an organisation has changed "
        "its id since its earlier file, or one of the business IDs is wrong. The file was not taken, or the same "
        "organisation would be counted twice.\n\nAsk the sender to keep the earlier id, or to correct the business ID."
    ),
)
LEAD_UNKNOWN = Message(
    "BK646",
    "lead-not-there",
    N_("No file is that of the lead “{lead}”. Did you mean {near}?"),
    N_("Give --lead the id that is in the lead's own file, and name that file too."),
    N_(
        "The lead is one of the members: its own file is needed as well, and `--lead` names the id in it. Nothing was "
        "written.\n\nExample: bidkit merge oma paja.xlsx malli.xlsx --lead oma-ry --out yhteistarjous"
    ),
)
LEAD_UNTOLD = Message(
    "BK647",
    "lead-not-told",
    N_("It is not told who leads: {near}."),
    N_("Give the id of the lead: --lead ID."),
    N_(
        "The first time `bidkit merge` must be told which of the members leads: `--lead` and the id of its "
        "organisation. Later the lead's file tells it."
    ),
)
LEAD_DIFFERS = Message(
    "BK648",
    "another-lead",
    N_("The lead here is “{found}”, but the command says “{lead}”."),
    N_("Leave --lead out, or change the lead in this file if the lead has changed."),
    N_(
        "The lead's file tells who leads, and it is never changed by `bidkit merge`. The command names another. "
        "Nothing was written.\n\nIf the lead has changed, change it in the file first; otherwise leave `--lead` out."
    ),
)
OWN_FOLDER = Message(
    "BK649",
    "partner-is-the-target",
    N_("This is in the folder that is written to, so it was not taken as a partner's."),
    N_("Leave it out: what is in the folder is used anyway. Or name another folder with --out."),
    N_(
        "A partner's file or folder was named that is, or is inside, the folder given with `--out`. What is there "
        "already belongs to the consortium and is used in any case.\n\nName only what partners have sent since."
    ),
)
TOP_DIFFERS = Message(
    "BK650",
    "leads-file-differs",
    N_("The lead sent another {sent}, but this file is the one you work in, so it was left as it is."),
    N_("Decide which of the two is right: copy what is needed into this one, or replace it yourself."),
    N_(
        "The tender, the common answer, the consortium's own file and the attachments stand on top of the folder, "
        "where the lead works on them. `bidkit merge` brings them there once and never writes over them; here a "
        "different one was among the lead's files.\n\nTo use the new one, move the old one aside and run the command "
        "again."
    ),
    Severity.WARNING,
)
MARKED_COPY = Message(
    "BK651",
    "partner-sent-a-marked-copy",
    N_("This is the copy in which bidkit marked what is to be mended, not the workbook itself."),
    N_("Ask the sender for the original workbook, with the corrections made in it."),
    N_(
        "`bidkit check` writes a copy with the cells to mend marked (`tiedot_korjattavat.xlsx`). Sometimes corrections "
        "are made in the copy and it is sent; it is not read, because its original may be another by now.\n\nAsk for "
        "the original, or save the copy under the original's name if you know that nothing else has changed."
    ),
)
LOCK_FILE = Message(
    "BK652",
    "lock-file-of-office",
    N_("This is a mark that Excel makes while {file} is open; it holds nothing."),
    N_("Name {file} itself, and close it in Excel first."),
    N_(
        "While a workbook is open, Excel keeps a small hidden file beside it whose name begins with `~$`. It is not "
        "the workbook.\n\nSave and close the workbook in Excel, and name the workbook itself."
    ),
)
ONE_TEXT_FILE = Message(
    "BK653",
    "text-file-alone",
    N_("This is one text file of a dossier that has several."),
    N_("Name the folder that the files of the partner are in: {folder}."),
    N_(
        "A dossier in text files (YAML) has a file for each subject, so a partner's dossier is a folder.\n\nName the "
        "folder. A single workbook (.xlsx) can be named by itself."
    ),
)
CHANGED_MEANWHILE = Message(
    "BK654",
    "changed-while-read",
    N_("A file changed while it was read, so nothing of it was taken."),
    N_("Wait until it is saved or downloaded, and run the command again."),
    N_(
        "Between reading the file and copying it, its content changed: somebody saved it, or OneDrive brought a newer "
        "one. What is copied must be what was read, so nothing was taken.\n\nRun the command again."
    ),
)
OPEN_IN_OFFICE = Message(
    "BK655",
    "open-in-office",
    N_("The workbook is open in Excel or LibreOffice; what was saved last was taken."),
    N_("If it is being edited, save it, close it and run the command again."),
    N_(
        "Beside the workbook lies the mark of a program that has it open (its name begins with `~$`). What is not "
        "saved yet cannot be read, so the last saved content was used.\n\nSave, close, and run the command again."
    ),
    Severity.WARNING,
)
NOT_SENT = Message(
    "BK656",
    "member-has-sent-nothing",
    N_("“{id}” takes part, but it has not sent a file."),
    N_("Ask it for its file, or mark it as withdrawn here."),
    N_(
        "The lead's file names an organisation that takes part, and none of the files gathered is its.\n\nAsk for the "
        "file; `bidkit merge --mail` writes the message. If it has left, write yes in the column Withdrawn: its row "
        "stays, and nothing of it is used."
    ),
    Severity.WARNING,
    in_cell=N_("Ask it for its file, or write yes in the column {@participants.withdrawn}."),
)
NOT_WRITTEN = Message(
    "BK657",
    "cannot-gather-here",
    N_("“{file}” could not be written to the folder “{folder}”: {cause}."),
    N_("Close the file if it is open, or name a folder in which you may write with --out; then run again."),
    N_(
        "The disk, a program that has the file open, or your rights kept a file from being written. Every file is "
        "written whole or not at all, and what was there before is there still.\n\nRun the same command again once the "
        "cause is gone: what was done already is not done twice."
    ),
)
LOG_DAMAGED = Message(
    "BK658",
    "log-of-merges-damaged",
    N_("The log of merges cannot be understood, so the days on which files came are not known any more."),
    N_("Nothing needs to be done: it is kept as {kept}, and a new one was begun."),
    N_(
        "`yhdistaminen.json` tells which file of which member came when. It is written by bidkit and was changed by "
        "something else. The members' files themselves are all there.\n\nIf you have a backup of the log, put it back; "
        "otherwise the days begin anew."
    ),
    Severity.WARNING,
)
ADDITIONS_EDITED = Message(
    "BK659",
    "rows-to-copy-edited",
    N_("“{file}” has been worked in, but bidkit does not read it."),
    N_("Copy its rows to the same sheet of the lead's file, then delete “{file}”."),
    N_(
        "When the lead's own file is there, `bidkit merge` never changes it: what has come up since is written to a "
        "file beside it, whose rows are to be copied to the sheet of the same name. Decisions that are written into "
        "that file have no effect before they are copied.\n\nSelect the rows, copy them, and paste them below the last "
        "row of the same sheet of the lead's file."
    ),
    Severity.WARNING,
)
