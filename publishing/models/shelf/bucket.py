"""Media in a store that speaks S3, for many machines: one bucket, read and written by us, never shown to anybody.

docs/decisions/0034-media-in-a-store.md says why botocore is used without what is usually laid upon it.
"""

import mimetypes
from contextlib import contextmanager
from threading import Lock

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.session import get_session
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.utils.functional import cached_property

# A store that does not answer must not hold a thread that patients wait for.
PATIENCE = {"connect_timeout": 3, "read_timeout": 10, "retries": {"total_max_attempts": 2, "mode": "standard"}}
# As path, since a store of one's own has no name for each bucket; sums only where asked for, since not all know them.
WAYS = {"s3": {"addressing_style": "path"}, "signature_version": "s3v4"}
WAYS |= {"request_checksum_calculation": "when_required", "response_checksum_validation": "when_required"}
AT_ONCE = 32  # as many as a worker has threads
_making = Lock()


class Bucket(Storage):
    """Files in one bucket. A file is there whole or not at all: so the store promises."""

    def __init__(self, endpoint, bucket, region):
        self.endpoint, self.bucket, self.region = endpoint, bucket, region

    @cached_property
    def client(self):
        """One for all threads, which it allows; made when it is first needed, in the process that needs it."""
        config = Config(max_pool_connections=AT_ONCE, **PATIENCE, **WAYS)
        with _making:  # whoever waited here finds it made
            return vars(self).get("client") or get_session().create_client(
                "s3", endpoint_url=self.endpoint, region_name=self.region, config=config
            )

    def get_available_name(self, name, max_length=None):
        """The same: what has this name already has this content."""
        return name

    def exists(self, name):
        try:
            with _as_file(name):
                self.client.head_object(Bucket=self.bucket, Key=name)
        except FileNotFoundError:
            return False
        return True

    def _open(self, name, mode="rb"):
        with _as_file(name):
            return ContentFile(self.client.get_object(Bucket=self.bucket, Key=name)["Body"].read(), name)

    def _save(self, name, content):
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        with _as_file(name):
            self.client.put_object(Bucket=self.bucket, Key=name, Body=content.read(), ContentType=kind)
        return name

    def delete(self, name):
        with _as_file(name):
            self.client.delete_object(Bucket=self.bucket, Key=name)

    def url(self, name):
        """Ours, never the store's: there nobody would ask whether who is shown still agrees."""
        return settings.MEDIA_URL + name

    def answers(self):
        """Whether the bucket is there for us now."""
        try:
            with _as_file(self.bucket):
                self.client.head_bucket(Bucket=self.bucket)
        except OSError:
            return False
        return True


@contextmanager
def _as_file(name):
    """What the store refuses, or does not answer, is told as of a file. The store's own words may name a key."""
    try:
        yield
    except ClientError as problem:
        if problem.response.get("ResponseMetadata", {}).get("HTTPStatusCode") == 404:
            raise FileNotFoundError(f"{name} is not in the store of pictures") from None
        raise OSError(f"the store of pictures refuses {name}: {problem.response['Error'].get('Code')}") from None
    except BotoCoreError as problem:
        raise OSError(f"the store of pictures does not answer: {type(problem).__name__}") from None
