"""The server of a language model: any that speaks the OpenAI chat API, named in the environment or the settings file.

Nothing of the key is ever printed, kept or put into an error: what a server answers may repeat it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from briefnote.errors import BriefnoteError, Problem
from briefnote.store.settings import find_settings
from briefnote.summarise.asking.modelled import Reply
from briefnote.text import one_line

if TYPE_CHECKING:
    from openai import OpenAI
    from openai.types.chat import ChatCompletion

    from briefnote.summarise.asking.prompt import Messages

URL, KEY, NAME, PRICE = "BRIEFNOTE_MODEL_URL", "BRIEFNOTE_MODEL_KEY", "BRIEFNOTE_MODEL_NAME", "BRIEFNOTE_MODEL_PRICE"
TIMEOUT = "BRIEFNOTE_MODEL_TIMEOUT"
RETRIES = 4
_NO_KEY = "none"  # servers on the same machine often want none, the client always sends one


@dataclass(frozen=True)
class Endpoint:
    """Where to ask, which model, and what a million tokens cost in and out."""

    url: str
    model: str
    key: str = field(default="", repr=False)
    price: tuple[float, float] | None = None
    seconds: float = 120

    @property
    def place(self) -> str:
        """Returns the address without what may be secret in it."""
        parts = urlsplit(self.url)
        port = f":{parts.port}" if parts.port else ""
        return f"{parts.scheme}://{parts.hostname}{port}{parts.path}"

    def cost(self, tokens_in: int, tokens_out: int) -> float | None:
        """Returns what so many tokens cost, None where no price is known."""
        return (tokens_in * self.price[0] + tokens_out * self.price[1]) / 1e6 if self.price else None


def endpoint_from_environment() -> Endpoint:
    """Returns the endpoint that the settings name. Raises BriefnoteError, one problem for each that is missing."""
    said = find_settings().values
    missing = [
        Problem(name, message=f"is not set; set it to {what}, or draft without a model")
        for name, what in ((URL, "the address of a server (https://…/v1)"), (NAME, "the name of its model"))
        if not said.get(name, "").strip()
    ]
    if missing:
        raise BriefnoteError(missing)
    url = said[URL].strip()
    if not _is_address(url):
        raise BriefnoteError([Problem(URL, message="is no http or https address; set it to https://HOST/v1")])
    return Endpoint(url, said[NAME].strip(), said.get(KEY, "").strip(), _price(said), _seconds(said))


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _price(said: Mapping[str, str]) -> tuple[float, float] | None:
    written = said.get(PRICE, "").strip()
    if not written:
        return None
    try:
        sent, back = (float(part) for part in written.split(","))
    except ValueError:
        message = "expected two numbers, the price of a million tokens in and out: 0.15,0.60"
        raise BriefnoteError([Problem(PRICE, message=message)]) from None
    return sent, back


def _seconds(said: Mapping[str, str]) -> float:
    written = said.get(TIMEOUT, "").strip() or "120"
    try:
        return max(0.1, float(written))
    except ValueError:
        raise BriefnoteError([Problem(TIMEOUT, message=f"found '{written}', expected seconds: 120")]) from None


class Asking:
    """Asks an endpoint. The client tries again after 408, 409, 429, 5xx and lost connections, as `Retry-After` says."""

    def __init__(self, endpoint: Endpoint, schema: Mapping[str, Any]) -> None:
        self.endpoint = endpoint
        self.form: dict[str, Any] | None = {
            "type": "json_schema",
            "json_schema": {"name": "summary", "strict": True, "schema": dict(schema)},
        }

    def __call__(self, messages: Messages) -> Reply:
        """Returns the reply. Raises BriefnoteError where the server does not answer, or refuses."""
        try:
            import openai
        except ImportError:
            message = "is not installed; `pip install briefnote[model]`, or draft without a model"
            raise BriefnoteError([Problem("openai", message=message)]) from None

        with openai.OpenAI(
            base_url=self.endpoint.url,
            api_key=self.endpoint.key or _NO_KEY,
            timeout=self.endpoint.seconds,
            max_retries=RETRIES,
        ) as client:
            try:
                return _reply(self._completed(client, messages))
            except openai.APIStatusError as error:
                raise self._refused(f"answers {error.status_code}", _message(error)) from None
            except openai.APITimeoutError:
                raise self._refused(f"does not answer within {self.endpoint.seconds:g} seconds", "") from None
            except openai.APIConnectionError:
                raise self._refused("cannot be reached", "") from None
            except (openai.OpenAIError, ValueError) as error:
                raise self._refused("gives no answer that can be read", str(error)) from None

    def _completed(self, client: OpenAI, messages: Messages) -> ChatCompletion:
        """A server that does not know response_format is asked without it; the answer is checked all the same."""
        import openai

        try:
            return self._create(client, messages)
        except (openai.BadRequestError, openai.UnprocessableEntityError):
            if self.form is None:
                raise
            self.form = None
            return self._create(client, messages)

    def _create(self, client: OpenAI, messages: Messages) -> ChatCompletion:
        form: dict[str, Any] = {"response_format": self.form} if self.form else {}
        asked: Any = {"model": self.endpoint.model, "messages": list(messages), "temperature": 0, **form}
        return cast("ChatCompletion", client.chat.completions.create(**asked))

    def _refused(self, what: str, message: str) -> BriefnoteError:
        shown = one_line(message)[:200]
        if self.endpoint.key:
            shown = shown.replace(self.endpoint.key, "…")
        more = f" ({shown})" if shown else ""
        remedy = f"check {URL}, {NAME} and {KEY}, or draft without a model"
        return BriefnoteError([Problem(self.endpoint.place, message=f"{what}{more}; {remedy}")])


def _message(error: Any) -> str:
    body = error.body if isinstance(error.body, dict) else {}
    return str(body.get("message") or "")


def _reply(completion: ChatCompletion) -> Reply:
    """What a server leaves out is nothing: a reply without choices is an empty one."""
    choices = getattr(completion, "choices", None) or []
    content = getattr(getattr(choices[0], "message", None), "content", None) if choices else None
    usage = getattr(completion, "usage", None)
    counts = [getattr(usage, name, 0) for name in ("prompt_tokens", "completion_tokens")]
    sent, back = (count if isinstance(count, int) and 0 <= count < 10**9 else 0 for count in counts)
    return Reply(content if isinstance(content, str) else "", sent, back)
