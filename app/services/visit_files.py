"""Photos and signatures of a visit: encrypted blobs first, then the rows that refer to them.

A picture comes here already made again from its pixels (only the UI can do that); what still
carries what the camera wrote is refused. Nothing is ever deleted: taking away is hiding.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.domain.clock import Clock
from app.domain.ids import VisitId
from app.domain.problem import Refused
from app.domain.strokes import strokes_json, strokes_of
from app.domain.visit_words import FilePurpose
from app.domain.visiting import PHOTO_TYPE, STROKES_TYPE, KeptFile, Strokes, VisitFile
from app.services.work import Begin

if TYPE_CHECKING:
    from app.store.blobs import BlobStore

LARGEST_PHOTO: Final = 4 * 1024 * 1024
"""Bytes of a picture as kept; one of 2560 pixels is far below."""
_JPEG: Final = b"\xff\xd8"
_MADE_BY_CAMERAS: Final = (b"Exif\x00", b"http://ns.adobe.com/xap/", b"Photoshop 3.0")


@dataclass(frozen=True, slots=True)
class VisitFiles:
    """Use cases for what is kept with visits. Call from the store thread only."""

    begin: Begin
    clock: Clock
    blobs: BlobStore

    def keep_photo(self, jpeg: bytes) -> KeptFile:
        """Encrypt a re-encoded picture; it is on the disk on return.

        Raises Refused F-60, F-61, F-62, and Unavailable D-01…D-03.
        """
        if not jpeg.startswith(_JPEG):
            raise Refused("这不是一张照片。", do="请选手机拍的照片。", code="F-60", field="photos")
        if len(jpeg) > LARGEST_PHOTO:
            raise Refused("照片太大。", do="请换一张小些的。", code="F-61", field="photos")
        if any(mark in jpeg for mark in _MADE_BY_CAMERAS):
            raise Refused(
                "照片里还带着拍摄的地点、时间。", do="请重新放一次。", code="F-62", field="photos"
            )
        return self._keep(jpeg, PHOTO_TYPE, FilePurpose.PHOTO)

    def keep_signature(self, strokes: Strokes) -> KeptFile:
        """Encrypt a signature. Raises Refused F-69, and Unavailable D-01…D-03."""
        return self._keep(strokes_json(strokes), STROKES_TYPE, FilePurpose.SIGNATURE)

    def files(self, visit: VisitId) -> list[VisitFile]:
        """What is shown with a visit."""
        with self.begin() as work:
            return work.visiting.files(visit)

    def read(self, kept: KeptFile) -> bytes:
        """A file in clear. Raises Unavailable V-15 when it is gone or damaged."""
        return b"".join(self.blobs.read(kept.blob_id, kept.wrapped_key))

    def hide(self, file_id: str) -> None:
        """Take a file away from its visit; it stays in the vault. Hiding twice changes nothing."""
        self._set(file_id, hidden=True)

    def bring_back(self, file_id: str) -> None:
        """Show a hidden file again."""
        self._set(file_id, hidden=False)

    def _set(self, file_id: str, *, hidden: bool) -> None:
        with self.begin() as work:
            known = work.visiting.file(file_id)
            if known is None or (known.hidden_at is not None) is hidden:
                return
            visit = work.casework.visit(known.visit)
            work.change(
                kind="visit_file.hidden" if hidden else "visit_file.shown",
                entity="visit_file",
                entity_id=file_id,
                subject=file_id if visit is None else visit.household,
                fields={"hidden_at": self.clock.now() if hidden else None},
            )
            work.commit()

    def _keep(self, content: bytes, media_type: str, purpose: FilePurpose) -> KeptFile:
        stored = self.blobs.write([content])
        return KeptFile(
            blob_id=stored.blob_id,
            wrapped_key=stored.wrapped_key,
            size=stored.size,
            sha256=stored.sha256,
            media_type=media_type,
            purpose=purpose,
        )


def signature_of(files: list[VisitFile], blobs: BlobStore) -> Strokes:
    """The newest signature among `files`; empty for none. Raises Unavailable V-15."""
    for file in reversed(files):
        if file.kept.purpose is FilePurpose.SIGNATURE:
            kept = file.kept
            return strokes_of(b"".join(blobs.read(kept.blob_id, kept.wrapped_key)))
    return ()
