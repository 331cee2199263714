"""Says to each contact what it has said: `python3 examples/bots/echo.py`.

Any language that can start a program and read lines can do this. `gravy` must be on the PATH, or stand in GRAVY; the bot's
password is in GRAVY_PASSWORD, its folder in GRAVY_HOME.
"""

import itertools
import json
import os
import shlex
import signal
import subprocess
import sys


class Gravy:
    """`gravy rpc`: a JSON object a line in either direction."""

    def __init__(self, command):
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )
        self.ids = itertools.count(1)
        self.events = []

    def request(self, method, **params):
        """Asks, and does not wait for the answer. Gives the id that the answer will have."""
        request = {"jsonrpc": "2.0", "id": next(self.ids), "method": method, "params": params}
        # A line ends with a newline and nothing else; json.dumps escapes those within texts.
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        return request["id"]

    def call(self, method, **params):
        """Asks, and waits for the answer. Events that come first are kept."""
        wanted = self.request(method, **params)
        for message in self.messages():
            if message.get("id") != wanted:
                self.events.append(message)
            elif "error" in message:
                raise SystemExit(f"{method}: {message['error']['message']}")
            else:
                return message["result"]
        raise SystemExit("gravy has ended.")

    def messages(self):
        # Not splitlines: a text may hold U+2028, which is no end of a line here.
        for line in iter(self.process.stdout.readline, ""):
            yield json.loads(line)

    def all_events(self):
        while self.events:
            yield self.events.pop(0)
        yield from self.messages()


def main():
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8080
    # `gravy rpc` itself needs no password; the bot hands it over below.
    password = os.environ.pop("GRAVY_PASSWORD", None)
    if password is None:
        raise SystemExit("Set GRAVY_PASSWORD: it locks the key of the bot.")
    gravy = Gravy([*shlex.split(os.environ.get("GRAVY", "gravy")), "rpc"])
    signal.signal(signal.SIGTERM, lambda *_: gravy.process.terminate())

    is_there = any(account["name"] == "echo" for account in gravy.call("account.list"))
    method = "account.unlock" if is_there else "account.create"
    gravy.call(method, name="echo", password=password)
    url = gravy.call("host.start", port=port)["url"]
    invite = gravy.call("invite.create")["invite"]
    print(f"echo hosts at {url}. This lets one person in, within 24 hours:\n{invite}", flush=True)

    for event in gravy.all_events():
        if event.get("method") != "message.received":
            continue
        message = event["params"]["message"]
        # An answer is not answered: two echoes would never be silent again.
        if "text" in message and "replyTo" not in message:
            gravy.request(
                "message.send",
                contact=message["contact"],
                text=message["text"],
                replyTo=message["id"],
            )


if __name__ == "__main__":
    main()
