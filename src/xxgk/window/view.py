"""The window itself: it shows a state, and hands on what is pressed."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from pathlib import Path
from tkinter import ttk

from xxgk.window import dialogs
from xxgk.window.entries import (
    CHECK,
    ENTRIES,
    FILE_ENTRIES,
    LOOK_CAPTIONS,
    OWN_STYLE,
    SEAL,
    STYLE,
    WORK_ENTRIES,
    Entry,
)
from xxgk.window.findings import FindingsList
from xxgk.window.looks import Looks
from xxgk.window.state import State, displayed, enabled, flowing, notice, style_caption
from xxgk.window.work import Question

TITLE = "年报校验"
LEAST = (800, 500)  # pixels at 96 dots per inch
SIZE = (1040, 680)
NO_BOOK = "（还没有选择工作簿）"
PACE = 20  # milliseconds between two steps of the bar that moves while work is done
RECENT = "最近的"
LOOK = "报告设置"


class Controls(ttk.Frame):
    """A row of buttons; the tip of each is told where it is pointed at."""

    def __init__(
        self,
        parent: tk.Misc,
        looks: Looks,
        entries: Sequence[Entry],
        do: Callable[[str], None],
        tip: Callable[[str], None],
    ) -> None:
        super().__init__(parent)
        self.buttons: dict[str, ttk.Button] = {}
        for entry in entries:
            button = ttk.Button(
                self,
                text=f"{entry.caption} {entry.key_word}",
                command=lambda name=entry.name: do(name),  # type: ignore[misc]
            )
            button.bind("<Enter>", lambda _, text=entry.tip: tip(text))  # type: ignore[misc]
            button.bind("<Leave>", lambda _: tip(""))
            button.pack(side="left", padx=(0, looks.px(6)))
            self.buttons[entry.name] = button

    def show(self, names: frozenset[str]) -> None:
        """Enable these, and no other."""
        for name, button in self.buttons.items():
            button.state(["!disabled" if name in names else "disabled"])


class MainWindow:
    """``do``, ``choose``, ``limit``, ``stop`` and ``recent`` are the presenter's."""

    def __init__(
        self,
        root: tk.Tk,
        looks: Looks,
        do: Callable[[str], None],
        choose: Callable[[Path], None],
        limit: Callable[[str], None],
        stop: Callable[[], None],
        recent: Callable[[], Sequence[Path]],
    ) -> None:
        self._root, self._looks, self._choose, self._recent = root, looks, choose, recent
        self._status_text = self._tip = ""
        self._state = State()
        _size(root, looks)
        frame = ttk.Frame(root, padding=looks.px(10))
        frame.pack(fill="both", expand=True)
        self._controls = (
            self._file_row(frame, do),
            self._work_row(frame, do),
        )
        # From below: where there is little room, the list gives way.
        self._status_row(frame, stop)
        self._notice = ttk.Label(frame, style="Notice.TLabel")
        self.findings = FindingsList(frame, looks, limit)
        self.findings.pack(fill="both", expand=True)
        for entry in ENTRIES:
            root.bind(entry.key, lambda _, name=entry.name: do(name))  # type: ignore[misc]
        root.bind("<Return>", lambda event: self._enter(event, do))
        root.bind("<Escape>", lambda _: stop())
        self.findings.tree.focus_set()

    def _file_row(self, frame: ttk.Frame, do: Callable[[str], None]) -> Controls:
        controls = Controls(frame, self._looks, FILE_ENTRIES, do, self._show_tip)
        controls.pack(fill="x")
        self._recent_button = self._menu(controls, RECENT, self._fill_recent)
        self._look_button = self._menu(controls, LOOK, lambda menu: self._fill_look(menu, do))
        self._path = ttk.Label(frame, style="Path.TLabel")
        self._path.pack(fill="x", pady=self._looks.px(6))
        return controls

    def _menu(self, controls: Controls, caption: str, fill: Callable[[tk.Menu], None]) -> ttk.Menubutton:
        menu = tk.Menu(controls, tearoff=False, postcommand=lambda: fill(menu))
        button = ttk.Menubutton(controls, text=caption, menu=menu)
        button.pack(side="left", padx=(0, self._looks.px(6)))
        button.bind("<Return>", lambda _: button.event_generate("<space>"))
        return button

    def _work_row(self, frame: ttk.Frame, do: Callable[[str], None]) -> Controls:
        controls = Controls(frame, self._looks, WORK_ENTRIES, do, self._show_tip)
        controls.pack(fill="x", pady=(0, self._looks.px(8)))
        return controls

    def _status_row(self, frame: ttk.Frame, stop: Callable[[], None]) -> None:
        bar = ttk.Frame(frame)
        bar.pack(side="bottom", fill="x", pady=(self._looks.px(6), 0))
        self._stop = ttk.Button(bar, text="停止 Esc", command=stop)
        self._stop.pack(side="right")
        self._progress = ttk.Progressbar(bar, mode="indeterminate", length=self._looks.px(120))
        self._status = ttk.Label(bar)
        self._status.pack(side="left", fill="x", expand=True)
        bar.bind("<Configure>", lambda event: self._status.configure(wraplength=self._room(event.width)))

    def _room(self, width: int) -> int:
        return width - self._stop.winfo_reqwidth() - self._progress.winfo_reqwidth() - self._looks.px(24)

    def show(self, state: State) -> None:
        """Show this state."""
        names = enabled(state)
        for controls in self._controls:
            controls.show(names)
        free = not state.busy and bool(self._recent())
        self._recent_button.state(["!disabled" if free else "disabled"])
        self._look_button.state(["!disabled" if SEAL in names else "disabled"])
        self._state = state
        self._path.configure(text=displayed(str(state.path)) if state.path else NO_BOOK)
        self._stop.state(["!disabled" if state.busy else "disabled"])
        if state.busy:
            self._progress.pack(side="right", padx=self._looks.px(8))
            self._progress.start(PACE)
        else:
            self._progress.stop()
            self._progress.pack_forget()
        text = notice(state)
        if text:
            self._notice.configure(text=flowing(text))
            self._notice.pack(fill="x", pady=(0, self._looks.px(6)), before=self.findings)
        else:
            self._notice.pack_forget()
        self.findings.show(state)
        if self._status_text != state.status:
            self._status_text, self._tip = state.status, ""
        self._show_status()

    def tell(self, text: str) -> None:
        """Show a sentence that must not be overlooked."""
        dialogs.tell(self._root, self._looks, text)

    def agreed(self, question: Question) -> bool:
        """Ask, and return whether the answer was yes."""
        return dialogs.agreed(self._root, self._looks, question.text, question.lines, question.caption)

    def ask_file(self, folder: Path | None) -> Path | None:
        """Let the user choose a workbook."""
        return dialogs.ask_workbook(self._root, folder)

    def ask_style(self, folder: Path) -> Path | None:
        """Let the user choose a reference docx."""
        return dialogs.ask_style(self._root, folder)

    def _enter(self, event: tk.Event[tk.Misc], do: Callable[[str], None]) -> None:
        """Press the button that has the keyboard; elsewhere Enter checks."""
        if isinstance(event.widget, ttk.Button | ttk.Radiobutton):
            event.widget.invoke()
        elif not isinstance(event.widget, ttk.Menubutton):
            do(CHECK)

    def _fill_look(self, menu: tk.Menu, do: Callable[[str], None]) -> None:
        menu.delete(0, "end")
        sealed = tk.BooleanVar(menu, self._state.look.sealed)
        menu.add_checkbutton(label=LOOK_CAPTIONS[SEAL], variable=sealed, command=lambda: do(SEAL))
        menu.add_separator()
        menu.add_command(label=style_caption(self._state), state="disabled")
        for name in (STYLE, OWN_STYLE):
            usable = name in enabled(self._state)
            menu.add_command(
                label=LOOK_CAPTIONS[name],
                command=lambda name=name: do(name),  # type: ignore[misc]
                state="normal" if usable else "disabled",
            )
        # Tk forgets a variable that nothing in Python holds.
        self._sealed = sealed

    def _fill_recent(self, menu: tk.Menu) -> None:
        menu.delete(0, "end")
        for path in self._recent():
            menu.add_command(
                label=displayed(str(path)),
                command=lambda path=path: self._choose(path),  # type: ignore[misc]
            )

    def _show_tip(self, text: str) -> None:
        self._tip = text
        self._show_status()

    def _show_status(self) -> None:
        self._status.configure(text=flowing(self._tip or self._status_text))


def _size(root: tk.Tk, looks: Looks) -> None:
    """Give the window a good size, never larger than the screen."""
    screen = root.winfo_screenwidth(), root.winfo_screenheight()
    least = [min(looks.px(pixels), most) for pixels, most in zip(LEAST, screen, strict=True)]
    size = [min(looks.px(pixels), round(most * 0.92)) for pixels, most in zip(SIZE, screen, strict=True)]
    root.title(TITLE)
    root.minsize(*least)
    width, height = (max(pair) for pair in zip(least, size, strict=True))
    left, top = (screen[0] - width) // 2, (screen[1] - height) // 3
    root.geometry(f"{width}x{height}+{left}+{top}")
