"""The stand-in's calls to the bot: commands, buttons, menus, dialogs (app/command.go, app/integration_action.go)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from typing import TYPE_CHECKING, Any

import httpx

from tests.platforms.loopback import TRUSTS_NOBODY
from tests.platforms.mattermost import models
from tests.platforms.mattermost.state import AppError, Hook, forbidden, invalid

if TYPE_CHECKING:
    from tests.platforms.mattermost.api import Answer, Call
    from tests.platforms.mattermost.posts import Posts
    from tests.platforms.mattermost.socket import Hub
    from tests.platforms.mattermost.state import Json, State, User

# server/public/model/command_response.go
RESPONSE_FIELDS = {
    *("response_type", "text", "username", "channel_id", "icon_url", "type", "props", "goto_location", "trigger_id"),
    *("skip_slack_parsing", "attachments", "extra_responses"),
}
RETAINED = ("from_webhook", "override_username", "override_icon_url")  # model/integration_action.go
ACTION_FAILED = "api.post.do_action.action_integration.app_error"
SLACK_LINK = re.compile(r"<([^>|\s]+)\|([^>]+)>")


class Integrations:
    """What a person's click or command sets going."""

    def __init__(self, state: State, posts: Posts, hub: Hub) -> None:
        self._state = state
        self._posts = posts
        self._hub = hub
        self._key = b"the server's own signing key"
        self.opened: list[tuple[str, str]] = []  # (user id, the request for a dialog as the client gets it)
        self.seen: list[Json] = []  # every call made to the bot: url, headers, body, status, answer

    # Calling the bot -----------------------------------------------------------------------------------------------

    async def _call(self, url: str, failure: AppError, **content: Any) -> httpx.Response:
        if not self._state.may_call(url):
            raise AppError(failure.status, failure.error_id, "address forbidden")
        seconds = self._state.config.integration_timeout_seconds
        try:
            async with httpx.AsyncClient(timeout=seconds, trust_env=False, verify=TRUSTS_NOBODY) as client:
                answer = await client.post(url, **content)
        except httpx.HTTPError as error:
            raise AppError(failure.status, failure.error_id, f"err={error!r}") from error
        self.seen.append({"url": url, **content, "status": answer.status_code, "answer": answer.text})
        if answer.status_code != 200:
            raise AppError(failure.status, failure.error_id, f"status={answer.status_code}")
        return answer

    def new_trigger(self, user_id: str) -> tuple[str, str]:
        """A client's id and the integration's: base64 of id:user:millis:signature (GenerateTriggerId)."""
        client_id = self._state.new_id()
        data = f"{client_id}:{user_id}:{self._state.clock.millis()}:"
        signature = hmac.new(self._key, data.encode(), hashlib.sha256).digest()
        return client_id, base64.b64encode((data + base64.b64encode(signature).decode()).encode()).decode()

    def read_trigger(self, trigger_id: str) -> tuple[str, str]:
        """DecodeAndVerifyTriggerId: signed by this server, and younger than OutgoingIntegrationRequestsTimeout."""
        try:
            data, signature = base64.b64decode(trigger_id).decode().rsplit(":", 1)
            client_id, user_id, millis = data.split(":")
        except ValueError as error:
            raise AppError(400, "interactive_message.decode_trigger_id.base64_decode_failed") from error
        age = self._state.clock.millis() - int(millis)
        if age > self._state.config.integration_timeout_seconds * 1000:
            raise AppError(400, "interactive_message.decode_trigger_id.expired")
        expected = hmac.new(self._key, (data + ":").encode(), hashlib.sha256).digest()
        if not hmac.compare_digest(base64.b64encode(expected).decode(), signature):
            raise AppError(400, "interactive_message.decode_trigger_id.verify_signature_failed")
        return client_id, user_id

    # Slash commands ------------------------------------------------------------------------------------------------

    async def execute(self, call: Call) -> Answer:
        """POST /commands/execute: a form, the token twice, and a response_url (tryExecuteCustomCommand)."""
        state = self._state
        trigger, _, text = call.body["command"].partition(" ")
        if len(trigger) <= 1 or not trigger.startswith("/"):
            raise AppError(400, "api.command.execute_command.start.app_error")
        channel = state.channels.get(call.body["channel_id"])
        if channel is None or call.user.id not in channel.members:
            raise forbidden()
        team_id = channel.team_id or call.body.get("team_id", "")
        if call.user.id not in state.teams[team_id].members:
            raise forbidden()
        if not state.config.enable_commands:
            raise AppError(501, "api.command.disabled.app_error")
        wanted = (team_id, trigger[1:].lower())
        found = [one for one in state.commands.values() if (one["team_id"], one["trigger"]) == wanted]
        if not found:
            raise AppError(404, "api.command.execute_command.not_found.app_error")
        if not state.config.site_url:
            raise AppError(400, "api.command.execute_command.site_url_required.app_error")
        command, root_id = found[0], call.body.get("root_id", "")
        hook = Hook(state.new_id(), state.clock.now(), command["id"], call.user.id, channel.id, root_id)
        state.hooks[hook.id] = hook
        client_trigger, trigger_id = self.new_trigger(call.user.id)
        form = {
            "token": command["token"],
            "team_id": team_id,
            "team_domain": state.teams[team_id].name,
            "channel_id": channel.id,
            "channel_name": channel.name,
            "user_id": call.user.id,
            "user_name": call.user.username,
            "command": trigger.lower(),
            "text": text,
            "trigger_id": trigger_id,
            "root_id": root_id,
            "response_url": f"{state.config.site_url}/hooks/commands/{hook.id}",
        }
        headers = {"Authorization": f"Token {command['token']}", "Accept": "application/json"}
        failure = AppError(500, "api.command.execute_command.failed.app_error")
        answer = await self._call(command["url"], failure, data=form, headers=headers)
        response = self._response(answer.headers.get("content-type", ""), answer.text)
        self._command_answer(call.user, channel.id, root_id, response)
        return 200, {**response, "trigger_id": client_trigger}

    def _response(self, content_type: str, text: str) -> Json:
        """CommandResponseFromHTTPBody: JSON by its content type, else the text as it is."""
        if content_type.split(";", maxsplit=1)[0].strip() != "application/json":
            return {"text": text}
        try:
            response: Json = json.loads(text)
        except ValueError as error:
            raise AppError(500, "api.command.execute_command.failed.app_error") from error
        self._state.problems += [f"command answer: unknown field {name!r}" for name in {*response} - RESPONSE_FIELDS]
        return response

    def _command_answer(self, user: User, channel_id: str, root_id: str, response: Json) -> None:
        """HandleCommandResponsePost: `in_channel` becomes a post of the person, the rest is for them alone."""
        text, attachments = response.get("text", ""), response.get("attachments") or []
        if not text and not attachments:
            return
        if not response.get("skip_slack_parsing"):
            text = SLACK_LINK.sub(r"[\2](\1)", text)
        props = {**(response.get("props") or {}), "from_webhook": "true"}
        if attachments:
            props["attachments"] = attachments
            self._state.problems += models.attachment_problems(attachments)
        given = {"channel_id": channel_id, "root_id": root_id, "message": text, "props": props}
        if response.get("response_type") == "in_channel":
            self._posts.create(user, given)
        else:
            self.show(user, given)

    def hook(self, hook_id: str, content_type: str, text: str) -> None:
        """POST /hooks/commands/{id}: nobody signs it, the id is the secret (web/webhook.go)."""
        hook = self._state.use_hook(hook_id)
        user = self._state.users[hook.user_id]
        self._command_answer(user, hook.channel_id, hook.root_id, self._response(content_type, text))

    def show(self, user: User, given: Json) -> None:
        """SendEphemeralPost: shown to one person, kept nowhere; its actions work through a cookie."""
        now = self._state.clock.millis()
        post = {
            "id": self._state.new_id(),
            "create_at": now,
            "update_at": now,
            "delete_at": 0,
            "edit_at": 0,
            "user_id": user.id,
            "type": "system_ephemeral",
            "file_ids": [],
            "root_id": "",
            "message": "",
            "props": {},
            **given,
        }
        shown = self._state.post_json(post)
        pairs = zip(post["props"].get("attachments") or [], shown["props"].get("attachments") or [], strict=True)
        for kept, seen in pairs:
            for action, button in zip(kept.get("actions") or [], seen.get("actions") or [], strict=True):
                cookie = self._state.new_id()
                names = {"post_id": post["id"], "channel_id": post["channel_id"], "type": action["type"]}
                integration = {"integration": action["integration"], "data_source": action.get("data_source", "")}
                self._state.cookies[cookie] = names | integration
                button.setdefault("id", self._state.new_id())
                button["cookie"] = cookie
        self._state.ephemerals.append((user.id, shown))
        self._state.changed()
        self._hub.publish("ephemeral_message", {"post": json.dumps(shown)}, user_id=user.id)

    # Buttons and menus ---------------------------------------------------------------------------------------------

    def _action(self, call: Call) -> tuple[Json, Json | None]:
        """The action and its post; of an ephemeral one only the cookie knows (DoPostActionWithCookie)."""
        post = self._state.posts.get(call.ids["post_id"])
        if post is not None:
            self._state.open_channel(post["channel_id"], call.user)
            for attachment in post["props"].get("attachments") or []:
                for action in attachment.get("actions") or []:
                    if action["id"] == call.ids["action_id"]:
                        return {**action, "channel_id": post["channel_id"]}, post
            raise AppError(404, "api.post.do_action.action_id.app_error")
        cookie = self._state.cookies.get(call.body.get("cookie", ""))
        if cookie is None or cookie["post_id"] != call.ids["post_id"]:
            raise AppError(404, "app.post.get.app_error")
        self._state.open_channel(cookie["channel_id"], call.user)
        return cookie, None

    async def press(self, call: Call) -> Answer:
        """POST /posts/{id}/actions/{id}."""
        action, post = self._action(call)
        channel = self._state.channels[action["channel_id"]]
        context = dict(action["integration"].get("context") or {})
        if action["type"] == "select" and call.body.get("selected_option"):
            context["selected_option"] = call.body["selected_option"]
        client_trigger, trigger_id = self.new_trigger(call.user.id)
        team = self._state.teams.get(channel.team_id)
        request = {
            "user_id": call.user.id,
            "user_name": call.user.username,
            "channel_id": channel.id,
            "channel_name": channel.name,
            "team_id": channel.team_id,
            "team_domain": team.name if team else "",
            "post_id": call.ids["post_id"],
            "trigger_id": trigger_id,
            "type": action["type"],
            "data_source": action.get("data_source", ""),
            "context": context,
        }
        url = action["integration"]["url"]
        answer = await self._call(url, AppError(400, ACTION_FAILED), json=request)
        try:
            response: Json = json.loads(answer.text) if answer.text else {}
        except ValueError as error:
            raise AppError(400, ACTION_FAILED) from error
        unknown = {*response} - {"update", "ephemeral_text", "skip_slack_parsing"}
        self._state.problems += [f"action answer: unknown field {name!r}" for name in unknown]
        if response.get("update") and post is not None:
            self._update(post, response["update"])
        if response.get("ephemeral_text"):
            text = response["ephemeral_text"]
            shown = text if response.get("skip_slack_parsing") else SLACK_LINK.sub(r"[\2](\1)", text)
            root_id = (post["root_id"] or post["id"]) if post else ""
            self.show(call.user, {"channel_id": channel.id, "message": shown, "root_id": root_id})
        return 200, {"status": "OK", "trigger_id": client_trigger}

    def _update(self, post: Json, update: Json) -> None:
        """The message is replaced; props too if given, but for those that are retained."""
        if update.get("props") is not None:
            kept = {name: post["props"][name] for name in RETAINED if name in post["props"]}
            post["props"] = {name: value for name, value in update["props"].items() if name not in RETAINED} | kept
        post["message"] = update.get("message", "")
        self._posts.updated(post)

    # Dialogs -------------------------------------------------------------------------------------------------------

    def open_dialog(self, body: Json) -> None:
        """POST /actions/dialogs/open: needs no session, only a trigger; an invalid dialog is only logged."""
        if not body.get("url"):
            raise invalid("url")
        client_trigger, user_id = self.read_trigger(body.get("trigger_id", ""))
        dates = self._state.config.dialog_dates
        self._state.problems += models.dialog_problems(body["dialog"], dates=dates)
        shown = json.dumps({**body, "trigger_id": client_trigger})
        self.opened.append((user_id, shown))
        self._state.changed()
        self._hub.publish("open_dialog", {"dialog": shown}, user_id=user_id)

    async def submit(self, call: Call) -> Answer:
        """POST /actions/dialogs/submit: any answer but JSON counts as an empty one (SubmitInteractiveDialog)."""
        body = call.body
        if not body.get("url"):
            raise invalid("url")
        channel = self._state.open_channel(body.get("channel_id", ""), call.user)
        names = ("callback_id", "state", "submission", "cancelled")
        request = {
            **{name: body.get(name, "") for name in names},
            "type": "dialog_submission",
            "user_id": call.user.id,
            "channel_id": channel.id,
            "team_id": channel.team_id,
            "cancelled": bool(body.get("cancelled")),
        }
        answer = await self._call(body["url"], AppError(400, ACTION_FAILED), json=request)
        try:
            response: Json = json.loads(answer.text)
        except ValueError:
            return 200, {}
        self._state.problems += models.answer_problems(response, dates=self._state.config.dialog_dates)
        return 200, response
