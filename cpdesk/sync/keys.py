"""The two keys of an office's desk: one to sign (Ed25519), one to receive (age, X25519); and signed envelopes.

An envelope is DSSE with one signature: `{"payload": base64, "payloadType": …, "signatures": [{"keyid", "sig"}]}` as
canonical JSON. The keyid is the public key itself in hex. The payload is canonical JSON; it is parsed only after the
signature was found good.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass

import orjson
import pyrage
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from securesystemslib.dsse import Envelope
from securesystemslib.exceptions import Error as SignatureError
from securesystemslib.signer import CryptoSigner, Signature, SSlibKey  # type: ignore[attr-defined]

from cpdesk.store.canonical import canon
from cpdesk.sync.problems import Broken

CARD = "application/vnd.cpdesk.card.v1+json"
CERTIFICATE = "application/vnd.cpdesk.certificate.v1+json"
MANIFEST = "application/vnd.cpdesk.manifest.v1+json"
TIP = "application/vnd.cpdesk.tip.v1+json"

# The one way to write an envelope down; read without a JSON parser, since nothing of it is trusted yet.
ENVELOPE = (
    rb'\{"payload":"([A-Za-z0-9+/]*={0,2})","payloadType":"([a-z0-9.+/]{1,80})",'
    rb'"signatures":\[\{"keyid":"([0-9a-f]{64})","sig":"([A-Za-z0-9+/]{86}==)"\}\]\}'
)
_ENVELOPE = re.compile(ENVELOPE)


@dataclass(frozen=True)
class Keys:
    """What an office keeps to itself. Lives encrypted in the desk and nowhere else."""

    signing: Ed25519PrivateKey
    receiving: pyrage.x25519.Identity

    @classmethod
    def make(cls) -> Keys:
        return cls(Ed25519PrivateKey.generate(), pyrage.x25519.Identity.generate())

    @classmethod
    def load(cls, signing: bytes, receiving: bytes) -> Keys:
        return cls(Ed25519PrivateKey.from_private_bytes(signing), pyrage.x25519.Identity.from_str(receiving.decode()))

    def dump(self) -> tuple[bytes, bytes]:
        """(32 bytes to sign with, age's own text form of the receiving key)."""
        raw = self.signing.private_bytes(
            serialization.Encoding.Raw, serialization.PrivateFormat.Raw, serialization.NoEncryption()
        )
        return raw, str(self.receiving).encode()

    @property
    def sign(self) -> str:
        """The public half of the signing key, 64 hex digits."""
        public = self.signing.public_key()
        return public.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw).hex()

    @property
    def age(self) -> str:
        """The public half of the receiving key, as age writes it."""
        return str(self.receiving.to_public())

    def seal(self, payload: object, sort: str) -> bytes:
        """`payload` as a signed envelope, in its one written form."""
        envelope = Envelope(canon(payload), sort, {})
        envelope.sign(CryptoSigner(self.signing, _public(self.sign)))
        return canon(envelope.to_dict())


def _public(sign: str) -> SSlibKey:
    return SSlibKey(sign, "ed25519", "ed25519", {"public": sign})


@dataclass(frozen=True)
class Sealed:
    """An envelope that was read but not yet believed. `signer` is what it claims."""

    text: bytes
    payload: bytes
    sort: str
    signer: str
    signature: str

    def opened(self, sort: str, signer: str | None = None) -> dict[str, object]:
        """The payload, if it is of that sort and signed by `signer` (by default whoever it claims); else `Broken`."""
        if self.sort != sort or (signer is not None and signer != self.signer):
            raise Broken("another sort of document, or another signer")
        envelope = Envelope(self.payload, self.sort, {self.signer: Signature(self.signer, self.signature)})
        try:
            envelope.verify([_public(self.signer)], 1)
        except (SignatureError, ValueError) as why:
            raise Broken(f"signature: {why}") from None
        return parsed(self.payload)


def read_envelope(text: bytes) -> Sealed:
    """`Broken` unless `text` is an envelope in its one written form."""
    found = _ENVELOPE.fullmatch(text)
    if not found:
        raise Broken("no envelope")
    payload, sort, signer, sig = found.groups()
    try:
        raw, signature = base64.b64decode(payload, validate=True), base64.b64decode(sig, validate=True)
    except ValueError as why:
        raise Broken("base64") from why
    if base64.b64encode(raw) != payload or base64.b64encode(signature) != sig:
        raise Broken("base64 has two forms")
    return Sealed(text, raw, sort.decode(), signer.decode(), signature.hex())


def parsed(text: bytes) -> dict[str, object]:
    """A canonical JSON object; `Broken` for duplicate keys, NaN, other spacing, or anything else."""
    try:
        found = orjson.loads(text)
        if not isinstance(found, dict) or canon(found) != text:
            raise Broken("not canonical")
    except (ValueError, TypeError, RecursionError) as why:
        raise Broken(str(why)) from None
    return found


def is_age_key(text: object) -> bool:
    if not isinstance(text, str) or len(text) > 100:
        return False
    try:
        pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        return False
    return True
