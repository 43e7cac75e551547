"""The list of findings: limited to a severity, read in full below, copied."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from tkinter import ttk

from xxgk.window.looks import COLOURS, INK, PAPER, Looks
from xxgk.window.state import ALL, SHOWN, Line, State, filters, lines

WIDTHS = (56, 130, 190, 330, 260)  # of the columns SHOWN, in pixels at 96 dots per inch
LEAST = 48
DETAIL_LINES = 4
EMPTY = "点一行看全文；Ctrl+C 复制。"


class FindingsList(ttk.Frame):
    """``limit`` hears to which severity the list is to be limited."""

    def __init__(self, parent: tk.Misc, looks: Looks, limit: Callable[[str], None]) -> None:
        super().__init__(parent)
        self._lines: Sequence[Line] = ()
        self._shown: tuple[object, str] | None = None
        self._filter = tk.StringVar(self, ALL)
        bar = ttk.Frame(self)
        bar.pack(fill="x", pady=(0, looks.px(4)))
        ttk.Label(bar, text="显示：").pack(side="left")
        self._radios = {}
        for severity, caption in filters(State()):
            radio = ttk.Radiobutton(
                bar,
                text=caption,
                value=severity,
                variable=self._filter,
                command=lambda: limit(self._filter.get()),
            )
            radio.pack(side="left", padx=(0, looks.px(10)))
            self._radios[severity] = radio
        self._copy = ttk.Button(bar, text="复制 Ctrl+C", command=self.copy)
        self._copy.pack(side="right")
        # The whole text keeps its room where there is little of it; the list gives way.
        self._detail = self._text(looks)
        self.tree = self._table(looks)

    def _table(self, looks: Looks) -> ttk.Treeview:
        inner = ttk.Frame(self)
        inner.pack(fill="both", expand=True)
        tree = ttk.Treeview(inner, columns=SHOWN, show="headings", selectmode="extended", height=4)
        for heading, width in zip(SHOWN, WIDTHS, strict=True):
            tree.heading(heading, text=heading, anchor="w")
            tree.column(heading, width=looks.px(width), minwidth=looks.px(LEAST), stretch=width == max(WIDTHS))
        for severity, colour in COLOURS.items():
            tree.tag_configure(severity, foreground=colour)
        down = ttk.Scrollbar(inner, command=tree.yview)
        across = ttk.Scrollbar(inner, orient="horizontal", command=tree.xview)
        tree.configure(yscrollcommand=down.set, xscrollcommand=across.set)
        inner.rowconfigure(0, weight=1)
        inner.columnconfigure(0, weight=1)
        tree.grid(row=0, column=0, sticky="nsew")
        down.grid(row=0, column=1, sticky="ns")
        across.grid(row=1, column=0, sticky="ew")
        tree.bind("<<TreeviewSelect>>", lambda _: self._show_whole())
        tree.bind("<Control-c>", lambda _: self.copy())
        tree.bind("<Control-a>", lambda _: tree.selection_set(tree.get_children()))
        return tree

    def _text(self, looks: Looks) -> tk.Text:
        text = tk.Text(self, font=looks.font, height=DETAIL_LINES, wrap="char", background=PAPER, foreground=INK)
        text.configure(relief="flat", padx=looks.px(8), pady=looks.px(6), state="disabled", takefocus=1)
        text.pack(side="bottom", fill="x", pady=(looks.px(6), 0))
        return text

    def show(self, state: State) -> None:
        """Show the findings of this state; the first is chosen."""
        for severity, caption in filters(state):
            self._radios[severity].configure(text=caption)
        self._filter.set(state.shown)
        key = (state.findings, state.shown)
        if self._shown is not None and self._shown[0] is key[0] and self._shown[1] == key[1]:
            return
        self._shown = key
        self._lines = lines(state.findings or (), state.shown)
        self.tree.delete(*self.tree.get_children())
        for number, line in enumerate(self._lines):
            self.tree.insert("", "end", iid=str(number), values=line.values, tags=(line.severity,))
        if self._lines:
            self.tree.selection_set("0")
            self.tree.focus("0")
        self._show_whole()

    def copy(self) -> None:
        """Put the chosen findings on the clipboard, all of them where none is chosen."""
        chosen = self._chosen() or self._lines
        if chosen:
            self.clipboard_clear()
            self.clipboard_append("\n\n".join(line.whole for line in chosen))

    def _chosen(self) -> list[Line]:
        return [self._lines[int(number)] for number in self.tree.selection()]

    def _show_whole(self) -> None:
        chosen = self._chosen()
        self._detail.configure(state="normal")
        self._detail.delete("1.0", "end")
        self._detail.insert("1.0", "\n\n".join(line.whole for line in chosen) or (EMPTY if self._lines else ""))
        self._detail.configure(state="disabled")
        self._copy.state(["!disabled" if self._lines else "disabled"])
