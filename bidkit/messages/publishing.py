"""BK500–BK531: publishing a version of the bid on the disk, and telling a whole version from any other."""

import errno

from bidkit.diagnostics import Message, Severity
from bidkit.i18n import N_

# Why the operating system refused, in words; what is not here is told as the system says it.
CAUSES = {
    errno.EACCES: N_("access is denied"),
    errno.EPERM: N_("access is denied"),
    errno.EROFS: N_("the disk is read-only"),
    errno.EIO: N_("the disk reports a fault"),
    errno.ENOENT: N_("a part of the path is gone"),
    errno.ENAMETOOLONG: N_("the path is too long"),
    errno.EFBIG: N_("the disk does not take files that large"),
    errno.EBUSY: N_("another program holds it"),
    errno.ENODEV: N_("the drive is not connected"),
    errno.ENXIO: N_("the drive is not connected"),
}
A_LINK = N_("it is a link to another place")

FOLDER_MISSING = Message(
    "BK500",
    "output-folder-missing",
    N_("The folder “{above}” does not exist, so the output folder “{folder}” cannot be made in it."),
    N_("Make the folder “{above}” first, or name another output folder with --out."),
    N_(
        "bidkit makes the output folder itself, but not the folders above it: a mistyped path would otherwise "
        "scatter bids over the disk.\n\n"
        "Correct the path given with --out or make the folder above it. Example: for `--out Bids/2027` the "
        "folder `Bids` must exist."
    ),
)
NOT_A_FOLDER = Message(
    "BK501",
    "output-is-a-file",
    N_("“{folder}” is a file, but the versions of the bid need a folder."),
    N_("Rename or move the file, or name another output folder with --out."),
    N_(
        "A file has the name that the output folder should have. bidkit never overwrites a file that it finds.\n\n"
        "Rename the file or choose another folder: `bidkit build DOSSIER --out FOLDER`."
    ),
)
FOLDER_IS_LINK = Message(
    "BK502",
    "output-is-a-link",
    N_("“{folder}” is a link to another place; a bid is written only into a folder itself."),
    N_("Name the folder that the link leads to with --out."),
    N_(
        "The output folder is a link. A dossier that came from somebody else could lead the bid, costs "
        "included, to a place where you do not expect it, so bidkit does not write through links.\n\n"
        "If the place is right, give its own path with --out."
    ),
)
NO_PERMISSION = Message(
    "BK503",
    "output-not-writable",
    N_("Nothing can be written to “{folder}”: {cause}."),
    N_("Ask for the right to write to this folder, or name another output folder with --out."),
    N_(
        "The folder is read-only or belongs to somebody else. Earlier versions in it are untouched.\n\n"
        "Folders on a memory stick, in a shared network drive or under `C:\\Program Files` are often "
        "read-only. Choose a folder of your own with --out, for example one in Documents."
    ),
)
DISK_FULL = Message(
    "BK504",
    "disk-full",
    N_("The disk is full: the new version needs {needed} kB and did not fit into “{folder}”."),
    N_("Free some space, or name an output folder on another disk with --out."),
    N_(
        "The disk, or your share of it, has no room for the new version. The half-made version has been "
        "removed and earlier versions are untouched.\n\n"
        "Empty the recycle bin or move old versions (`v0001`, `v0002` …) elsewhere and build again."
    ),
)
LOCKED = Message(
    "BK505",
    "output-locked",
    N_(
        "The new version is ready in “{temporary}”, but another program holds the folder, so it could not be "
        "named “{version}”."
    ),
    N_("Wait until the virus scanner or OneDrive is done, or close the program, and build again."),
    N_(
        "Windows does not let a folder be renamed while another program reads a file in it; virus scanners "
        "and OneDrive do so for a moment after a file is made. bidkit tried for three seconds.\n\n"
        "The files are whole in the temporary folder that the finding names. Build again, or copy the files "
        "from there; a later build removes the folder when it is more than a day old."
    ),
)
DISK_ERROR = Message(
    "BK506",
    "disk-error",
    N_("Writing the new version to “{folder}” failed: {cause}."),
    N_("Check that the disk or network drive is connected, then build again."),
    N_(
        "The operating system reported an error while the version was written. The half-made version has "
        "been removed and earlier versions are untouched.\n\n"
        "A network drive may have dropped out, a memory stick may have been pulled, or the path may be too "
        "long for Windows (260 characters). Build again, or choose another folder with --out."
    ),
)
READ_BACK = Message(
    "BK507",
    "read-back-differs",
    N_("“{file}” was written, but the disk gives back other content, so no version was made."),
    N_("Build again; if it happens twice, use another disk with --out and have this one checked."),
    N_(
        "Every file of a version is read back and compared before the version gets its name. Here the disk "
        "returned something else than was written, although it reported success.\n\n"
        "This is a sign of a failing disk, memory stick or network drive. Earlier versions were not touched; "
        "check them with `bidkit verify`."
    ),
)
MADE_FAULTY = Message(
    "BK508",
    "made-faulty",
    N_("“{file}” would not open as it was made ({cause}), so no version was made."),
    N_("This is a fault of bidkit, not of your files: please report it."),
    N_(
        "Before a version gets its name, its Word and Excel files are opened: every part must be whole and "
        "carry the build id of this build. One was not.\n\n"
        "The cause is in bidkit or in the template. Try the standard template; if it helps, run the template "
        "check on yours."
    ),
)
NOT_SURE = Message(
    "BK509",
    "not-confirmed",
    N_("“{version}” was made, but the disk did not confirm that its name is stored for good: {cause}."),
    N_("Check the version with “bidkit verify {version}” before you send it."),
    N_(
        "The version is whole and has its name. Only the last step failed: asking the disk to store the name "
        "so that it outlives a power cut.\n\n"
        "Run `bidkit verify` on it. If the folder is there after a restart, all is well."
    ),
    Severity.WARNING,
)

NO_FOLDER = Message(
    "BK510",
    "no-such-folder",
    N_("There is no folder “{folder}”."),
    N_("Give the folder of a version, such as out/v0001, or the folder that holds the versions."),
    N_(
        "`bidkit verify DIR` checks a version folder. Given the folder above, it checks the newest version.\n\n"
        "Example: `bidkit verify example/out` or `bidkit verify example/out/v0003`."
    ),
)
NO_MANIFEST = Message(
    "BK511",
    "no-manifest",
    N_("“{folder}” is not a version of a bid: it has no manifest.json."),
    N_("Give the folder of a version, such as out/v0001; if its manifest was deleted, build again."),
    N_(
        "Every version has a `manifest.json` that lists its files with their digests and the build id. "
        "Without it nothing can be said about the files.\n\n"
        "Give a version folder or the folder that holds them. If the manifest is lost, build again: the new "
        "version is made beside the old one."
    ),
)
MANIFEST_CHANGED = Message(
    "BK512",
    "manifest-changed",
    N_("manifest.json is cut short or was changed after the build, so this version cannot be vouched for."),
    N_("Build again and use the new version."),
    N_(
        "The manifest carries a seal over its own content, and the seal does not fit. It was edited, or a "
        "copy of the folder broke off.\n\n"
        "Copy the version again from where it was whole, or build again."
    ),
)
MANIFEST_NEWER = Message(
    "BK513",
    "manifest-newer",
    N_("This version was made by a newer bidkit (manifest format {found}; this one knows {known})."),
    N_("Update bidkit, then verify again."),
    N_(
        "A newer bidkit wrote the manifest in a form that this one does not know, so it does not judge it.\n\n"
        "Update bidkit on this machine."
    ),
)
FILE_MISSING = Message(
    "BK514",
    "file-missing",
    N_("“{file}” is missing from the version."),
    N_("Copy the whole version folder again, or build again."),
    N_(
        "The manifest lists a file that is not there. A bid and its pricing sheet belong together; half a "
        "version should not be sent.\n\n"
        "Copy the version folder as a whole, not file by file."
    ),
)
FILE_CHANGED = Message(
    "BK515",
    "file-changed",
    N_("“{file}” was changed after the build: it has {found} bytes, {expected} when it was built."),
    N_("Make the change in the dossier and build again; keep a copy if it was edited by hand."),
    N_(
        "The content of the file is not what bidkit wrote. Opening a file in Word and saving it is enough.\n\n"
        "A change by hand is lost with the next build and is not in the other files of the version: a price "
        "changed in Word does not change in Excel. Make changes in the dossier. bidkit never overwrites the "
        "edited file; the next build makes a new version beside it."
    ),
)
SAME_SIZE = Message(
    "BK516",
    "content-changed",
    N_("“{file}” was changed after the build: its content differs, its size ({found} bytes) does not."),
    N_("Make the change in the dossier and build again; keep a copy if it was edited by hand."),
    N_(
        "The file is as long as it was, but some of its content is different. That is rarely an edit in Word "
        "and more often a damaged disk or an interrupted copy.\n\n"
        "Copy the version again from where it was whole, or build again."
    ),
)
FILE_EXTRA = Message(
    "BK517",
    "file-extra",
    N_("“{file}” does not belong to this version."),
    N_("Move it out of the version folder, so that nobody sends it by mistake."),
    N_(
        "A file lies in the version folder that bidkit did not put there. Who sends the folder as a whole "
        "would send it too.\n\n"
        "Keep own notes and attachments beside the version folder, not in it."
    ),
)
LOCK_FILE = Message(
    "BK518",
    "file-open",
    N_("“{file}” shows that a file of this version is open in Word, Excel or LibreOffice, or was when it crashed."),
    N_("Close the program before you send or copy the folder."),
    N_(
        "Office programs put a small hidden file beside a file that is open. It does no harm, but whoever "
        "sends the folder now may send it too, and it holds the name of the person who has the file open."
    ),
    Severity.NOTE,
)
OTHER_BUILD = Message(
    "BK519",
    "other-build",
    N_("“{file}” belongs to another build: it carries {found}, this version is {expected}."),
    N_("Do not send these files together; copy the whole version folder again, or build again."),
    N_(
        "The Word and Excel files of a version carry one build id. A file with another id was copied in from "
        "another version: its prices or texts may not match the rest.\n\n"
        "The build id is in the file's properties (File > Info) and in the manifest."
    ),
)
UNREADABLE = Message(
    "BK520",
    "file-unreadable",
    N_("“{file}” cannot be read: {cause}."),
    N_("Close programs that hold the file and check that you may read it, then verify again."),
    N_(
        "The operating system does not give the file out, so nothing can be said about it.\n\n"
        "It may be held by another program, belong to another user, or not be downloaded by OneDrive yet."
    ),
)
LEAK = Message(
    "BK521",
    "leak",
    N_("“{file}” goes to the buyer and holds something that should not be seen: {what} ({where})."),
    N_("Build again from the dossier, or remove it in Word or Excel (File > Info > Inspect document)."),
    N_(
        "The buyer's files must hold no tracked changes, comments, hidden text, hidden rows or sheets and no "
        "custom properties: whoever gets the file can read them, with names.\n\n"
        "Files in the internal folder `sisainen` are not judged; they stay with you."
    ),
)
ACTIVE = Message(
    "BK522",
    "active-content-in-output",
    N_("“{file}” goes to the buyer and reaches outside itself or runs code: {what} ({where})."),
    N_("Build again with a template that has no macros, linked pictures or linked files."),
    N_(
        "Macros, controls, links to other files and pictures fetched from the network are blocked by many "
        "buyers' systems and can betray where the file came from.\n\n"
        "Remove them from the template; pictures can be embedded (File > Info > Edit links > Break link)."
    ),
)
NO_SECOND_READER = Message(
    "BK523",
    "no-second-reader",
    N_("“{file}” cannot be opened by an independent reader: {cause}."),
    N_("Build again; if it happens again, send the file to the maintainers."),
    N_(
        "`bidkit verify` opens the files with other programs' readers, as a buyer might. A file that they cannot "
        "open may need repair in Word or Excel too."
    ),
)
NOTHING_TO_READ = Message(
    "BK524",
    "nothing-to-read",
    N_("An independent reader finds no text in “{file}”."),
    N_("Check the template: its texts may stand in boxes or fields that other programs cannot read."),
    N_("A bid in which a reader finds no text cannot be evaluated, whatever it looks like in Word."),
)
NO_STORED_VALUE = Message(
    "BK525",
    "no-stored-value",
    N_("The formula in cell {cell} of “{file}” has no usable stored value ({value})."),
    N_("Open the workbook in Excel, save it and verify again, or build again."),
    N_(
        "Previews, portals and scripts read the value that is stored with a formula. A formula without one, or with an "
        "error such as #REF!, shows the buyer nothing or a fault instead of a price."
    ),
)
VERSION_UNKNOWN = Message(
    "BK526",
    "version-unknown",
    N_("There is no version “{name}” in “{folder}”; there are: {known}."),
    N_("Name a version that is there, such as v0001 or viimeinen, or give the path of a version's folder."),
    N_(
        "`bidkit diff` compares two versions of a bid. They are named by their folder (`v0003`) or its number "
        "(`3`), as the newest (`viimeinen`) and the one before it (`edellinen`), or by the path of a version's "
        "folder anywhere on the disk.\n\n"
        "`bidkit history` lists the versions that are there. A version that was pruned is gone, and its number is "
        "not given again."
    ),
)
CONTENT_MISSING = Message(
    "BK527",
    "version-without-content",
    N_("The version “{version}” does not tell what was in it: {program} made it and did not keep that yet."),
    N_("Compare newer versions, or open the Word files of both and compare them in Word (Review > Compare)."),
    N_(
        "A version keeps what was in it in `sisainen/sisalto.json`: the dossier, the verdicts and the prices. "
        "Versions made before bidkit kept that file have only their documents.\n\n"
        "Such a version is whole and can be sent; only `bidkit diff` cannot look into it."
    ),
)
CONTENT_UNREADABLE = Message(
    "BK528",
    "version-content-unreadable",
    N_("“{file}” cannot tell what was in the version: {cause}."),
    N_("Copy the version again from where it was whole, update bidkit, or compare other versions."),
    N_(
        "`bidkit diff` reads what was in a version from `sisainen/sisalto.json` and believes it only if it is as it "
        "was built. Here it is not, or a newer bidkit wrote it in a form that this one does not know.\n\n"
        "`bidkit verify` tells whether the other files of the version are whole."
    ),
)
NOT_REMOVED = Message(
    "BK529",
    "version-not-removed",
    N_("“{version}” was not removed: {cause}."),
    N_("Close the programs that have its files open and prune again; what you changed yourself, remove by hand."),
    N_(
        "`bidkit prune` removes a version only if it is exactly as it was built, so that nobody's own work is lost: "
        "a bid edited in Word, a note put into the folder or a folder that was renamed stays.\n\n"
        "Windows does not let a folder be removed while a program has a file in it open. The version is then left "
        "whole. If a file was opened in the middle of it, what is left lies in a folder `.tmp-…`, which a later "
        "build removes."
    ),
)
COPY_EDITED = Message(
    "BK530",
    "marked-copy-edited",
    N_("“{file}” has been worked in, but bidkit does not read it."),
    N_("Make the same corrections in the original workbook, then delete “{file}”."),
    N_(
        "`bidkit check` writes a copy of your workbook in which the cells to mend are marked. The copy is for reading: "
        "bidkit reads only the original. Somebody has changed the copy, so it was left as it is and a new one got "
        "another name.\n\nMake the corrections in the original (`tiedot.xlsx`), or save the copy under that name."
    ),
    Severity.WARNING,
)
COPY_NOT_WRITTEN = Message(
    "BK531",
    "marked-copy-not-written",
    N_("The marked copy “{file}” could not be written: {cause}."),
    N_("The findings are all listed here; to get the copy, free space or choose a folder where you may write."),
    N_(
        "`bidkit check` writes a copy of your workbook with the cells to mend marked. The folder does not allow it, "
        "or the disk is full. Nothing else is affected."
    ),
    Severity.WARNING,
)
