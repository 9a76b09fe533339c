"""The style sheet, generated from the tokens.

Widgets say what they are by the dynamic properties `role`, `tone`, `kind` and `state`; only this file says how
that looks.
"""

from __future__ import annotations

from typing import Protocol

from ui import tokens as t
from ui.tokens import Colours


def stylesheet(c: Colours, scale: float = 1.0) -> str:
    """The sheet for a scheme; sizes of type grow with `scale`."""

    def px(size: float) -> str:
        return f"{round(size * scale)}px"

    return "\n".join((_texts(c, px), _surfaces(c, px), _buttons(c, px), _inputs(c, px), _chrome(c), _views(c, px)))


class _Px(Protocol):
    def __call__(self, size: float) -> str: ...


def _texts(c: Colours, px: _Px) -> str:
    return f"""
    QLabel {{ color: {c.ink}; background: transparent; }}
    QLabel[role="muted"] {{ color: {c.muted}; }}
    QLabel[role="small"] {{ color: {c.muted}; font-size: {px(t.SMALL)}; }}
    QLabel[role="label"] {{ color: {c.muted}; font-size: {px(t.SMALL)}; }}
    QLabel[role="strong"] {{ font-weight: bold; }}
    QLabel[role="title"] {{ font-size: {px(t.TITLE)}; font-weight: bold; }}
    QLabel[role="heading"] {{ font-size: {px(t.HEADING)}; font-weight: bold; }}
    QLabel[role="figure"] {{ font-size: {px(t.HEADING)}; font-weight: bold; }}
    QLabel[role="large"] {{ font-size: {px(t.HEADING)}; font-weight: bold; color: {c.accent}; }}
    QLabel[role="clock"] {{ font-size: {px(t.CLOCK)}; font-weight: bold; }}
    QLabel[role="brand"] {{ font-family: {t.BRAND_FAMILY}; font-size: {px(t.BRAND)}; color: {c.accent}; }}
    QLabel[role="problem"] {{ color: {c.bad}; font-size: {px(t.SMALL)}; }}
    QLabel[role="band"] {{ font-size: {px(t.SMALL)}; font-weight: bold; }}
    """


def _surfaces(c: Colours, px: _Px) -> str:
    tones = {
        "neutral": (c.muted, c.neutral_soft),
        "accent": (c.accent, c.accent_soft),
        "good": (c.good, c.good_soft),
        "warning": (c.warning, c.warning_soft),
        "bad": (c.bad, c.bad_soft),
    }
    toned = "".join(
        f"""
        QLabel[role="chip"][tone="{name}"] {{ color: {fore}; background: {back}; }}
        QFrame[role="notice"][tone="{name}"] {{ background: {back}; border: 1px solid {fore}; }}
        QFrame[role="notice"][tone="{name}"] QLabel {{ color: {fore}; }}
        """
        for name, (fore, back) in tones.items()
    )
    return f"""
    QWidget[role="ground"], QMainWindow, QDialog, QScrollArea[role="ground"] {{ background: {c.ground}; }}
    QFrame[role="card"] {{ background: {c.card}; border: 1px solid {c.line}; border-radius: {t.RADIUS_CARD}px; }}
    QFrame[role="card"]:focus {{ border: 2px solid {c.accent}; }}
    QFrame[role="card"][state="chosen"] {{ background: {c.accent_soft}; border-color: {c.accent}; }}
    QFrame[role="palette"] {{ background: {c.card}; border: 1px solid {c.edge}; }}
    QFrame[role="tile"] {{ background: {c.sunken}; border-radius: {t.RADIUS_CARD}px; }}
    QFrame[role="drop"] {{
        background: {c.sunken}; border: 2px dashed {c.edge}; border-radius: {t.RADIUS_CARD}px;
    }}
    QFrame[role="evidence"] {{ border: 2px dashed transparent; border-radius: {t.RADIUS_CONTROL}px; }}
    QFrame[role="evidence"][state="over"] {{ background: {c.accent_soft}; border-color: {c.accent}; }}
    QFrame[role="file"] {{ border: 2px solid transparent; border-radius: {t.RADIUS_CONTROL}px; }}
    QFrame[role="file"][state="focus"] {{ border-color: {c.accent}; }}
    QFrame[role="date"] {{ background: {c.accent_soft}; border-radius: {t.RADIUS_CONTROL}px; }}
    QFrame[role="date"] QLabel {{ color: {c.accent}; }}
    QFrame[role="divider"] {{ background: {c.line}; border: none; }}
    QFrame[role="notice"] {{ border-radius: {t.RADIUS_CONTROL}px; }}
    QLabel[role="chip"] {{ border-radius: {t.RADIUS_CHIP}px; padding: 0 8px; font-size: {px(t.SMALL)}; }}
    QLabel[role="key"] {{
        color: {c.muted}; background: {c.sunken}; border: 1px solid {c.line}; border-radius: {t.RADIUS_KEY}px;
        padding: 0 6px; font-size: {px(t.SMALL)};
    }}
    {toned}
    QToolTip {{ color: {c.card}; background: {c.ink}; border: none; padding: 4px 8px; font-size: {px(t.SMALL)}; }}
    """


def _buttons(c: Colours, px: _Px) -> str:
    r = t.RADIUS_CONTROL
    return f"""
    QPushButton, QToolButton {{ outline: none; }}
    QPushButton[kind] {{ border-radius: {r}px; padding: 2px 14px; min-height: {px(28)}; font-size: {px(14)}; }}
    QPushButton[kind="primary"] {{ color: {c.on_accent}; background: {c.accent}; border: 1px solid {c.accent}; }}
    QPushButton[kind="primary"]:hover, QPushButton[kind="primary"]:pressed {{
        background: {c.accent_strong}; border-color: {c.accent_strong};
    }}
    QPushButton[kind="secondary"] {{ color: {c.ink}; background: {c.card}; border: 1px solid {c.edge}; }}
    QPushButton[kind="secondary"]:hover {{ background: {c.hover}; }}
    QPushButton[kind="secondary"]:pressed {{ background: {c.neutral_soft}; }}
    QPushButton[kind="danger"] {{ color: {c.bad}; background: {c.card}; border: 1px solid {c.bad}; }}
    QPushButton[kind="danger"]:hover {{ background: {c.bad_soft}; }}
    QPushButton[kind="quiet"] {{
        color: {c.ink}; background: transparent; border: 1px solid transparent; padding: 2px 8px;
    }}
    QPushButton[kind="quiet"]:hover {{ background: {c.hover}; }}
    QPushButton[kind="link"] {{
        color: {c.accent}; background: transparent; border: 1px solid transparent; padding: 0 4px;
        font-size: {px(t.SMALL)};
        min-height: {px(24)}; border-radius: 5px;
    }}
    QPushButton[kind="crumb"] {{
        color: {c.muted}; background: transparent; border: 1px solid transparent; padding: 0 4px;
        font-size: {px(t.TEXT)};
        border-radius: 5px;
    }}
    QPushButton[kind="crumb"]:hover {{ color: {c.accent}; }}
    QPushButton[kind="link"]:hover {{ color: {c.accent_strong}; background: {c.accent_soft}; }}
    QPushButton[kind="segment"] {{
        color: {c.ink}; background: {c.card}; border: 1px solid {c.line}; font-size: {px(t.SMALL)};
    }}
    QPushButton[kind="segment"]:hover {{ background: {c.hover}; }}
    QPushButton[kind="segment"]:checked, QPushButton[kind="segment"][state="on"] {{
        color: {c.accent}; background: {c.accent_soft}; border-color: {c.accent};
    }}
    QPushButton[kind="item"] {{
        color: {c.ink}; background: transparent; border: 1px solid transparent; text-align: left;
        font-size: {px(t.TEXT)};
    }}
    QPushButton[kind="item"]:hover {{ background: {c.hover}; }}
    QPushButton[kind="item"]:checked {{ color: {c.accent}; background: {c.accent_soft}; font-weight: bold; }}
    QPushButton[kind]:disabled {{ color: {c.faint}; background: {c.neutral_soft}; border-color: {c.line}; }}
    QPushButton[kind="quiet"]:disabled, QPushButton[kind="link"]:disabled {{
        background: transparent; border-color: transparent;
    }}
    QPushButton[kind]:focus {{ border: 2px solid {c.accent}; padding-left: 13px; padding-right: 13px; }}
    QPushButton[kind="primary"]:focus {{ border: 2px solid {c.ink}; }}
    QPushButton[kind="quiet"]:focus {{ padding-left: 7px; padding-right: 7px; }}
    QPushButton[kind="link"]:focus, QPushButton[kind="crumb"]:focus {{ padding-left: 3px; padding-right: 3px; }}
    QToolButton[kind="icon"] {{
        border: 2px solid transparent; border-radius: {r}px; padding: 4px; background: transparent;
    }}
    QToolButton[kind="icon"]:hover {{ background: {c.hover}; }}
    QToolButton[kind="icon"]:focus {{ border-color: {c.accent}; }}
    QToolButton[kind="icon"]::menu-indicator {{ image: none; }}
    """


def _inputs(c: Colours, px: _Px) -> str:
    field = 'QLineEdit[role="field"], QPlainTextEdit[role="field"], QComboBox[role="field"], QFrame[role="field"]'
    return f"""
    {field} {{
        color: {c.ink}; background: {c.card}; border: 1px solid {c.edge}; border-radius: {t.RADIUS_CONTROL}px;
        selection-background-color: {c.accent}; selection-color: {c.on_accent};
    }}
    QLineEdit[role="field"], QComboBox[role="field"] {{ padding: 2px 10px; min-height: {px(28)}; }}
    QPlainTextEdit[role="field"] {{ padding: 3px 7px; }}
    QPlainTextEdit[kind="large"] {{ font-size: {px(t.LARGE)}; }}
    QLineEdit[role="field"]:focus, QPlainTextEdit[role="field"]:focus, QComboBox[role="field"]:focus,
    QFrame[role="field"][state="focus"] {{ border: 2px solid {c.accent}; }}
    QLineEdit[role="field"]:focus, QComboBox[role="field"]:focus {{ padding: 1px 9px; }}
    QPlainTextEdit[role="field"]:focus {{ padding: 2px 6px; }}
    QLineEdit[state="problem"], QPlainTextEdit[state="problem"], QComboBox[state="problem"], QFrame[state="problem"] {{
        border-color: {c.bad};
    }}
    QLineEdit[role="field"]:read-only, QPlainTextEdit[role="field"]:read-only {{ background: {c.sunken}; }}
    QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {{ color: {c.faint}; background: {c.sunken}; }}
    QLineEdit[role="bare"] {{
        border: none; background: transparent; color: {c.ink}; padding: 2px 0; min-height: {px(26)};
    }}
    QComboBox::drop-down {{ border: none; width: 28px; }}
    QComboBox::down-arrow {{ image: none; }}  /* painted by Combo, in the theme's colour */
    QCheckBox, QRadioButton {{
        spacing: 10px; outline: none; border: 2px solid transparent; border-radius: 6px; padding: 1px;
    }}
    QCheckBox:focus, QRadioButton:focus {{ border-color: {c.accent}; }}
    """


def _chrome(c: Colours) -> str:
    return f"""
    QFrame[role="sidebar"] {{ background: {c.card}; border: none; border-right: 1px solid {c.line}; }}
    QFrame[role="topbar"] {{ background: {c.card}; border: none; border-bottom: 1px solid {c.line}; }}
    QFrame[role="status"] {{ background: {c.card}; border: none; border-top: 1px solid {c.line}; }}
    QPushButton[role="nav"] {{
        color: {c.ink}; background: transparent; border: 2px solid transparent; border-radius: {t.RADIUS_CONTROL}px;
        text-align: left; outline: none;
    }}
    QPushButton[role="nav"]:hover {{ background: {c.hover}; }}
    QPushButton[role="nav"]:checked {{ background: {c.accent_soft}; }}
    QPushButton[role="nav"]:focus {{ border-color: {c.accent}; }}
    QPushButton[role="searchbox"] {{
        color: {c.muted}; background: {c.card}; border: 1px solid {c.edge};
        border-radius: {t.RADIUS_CONTROL}px; outline: none;
    }}
    QPushButton[role="searchbox"]:hover {{ background: {c.hover}; }}
    QPushButton[role="searchbox"]:focus {{ border: 2px solid {c.accent}; }}
    QMenu {{ background: {c.card}; color: {c.ink}; border: 1px solid {c.line}; padding: 6px; }}
    QMenu::item {{ padding: 3px 20px 3px 12px; border-radius: 6px; }}
    QMenu::item:selected {{ background: {c.accent_soft}; color: {c.ink}; }}
    QMenu::item:disabled {{ color: {c.faint}; }}
    QMenu::separator {{ height: 1px; background: {c.line}; margin: 5px 8px; }}
    QMenu::icon {{ padding-left: 10px; }}
    """


def _views(c: Colours, px: _Px) -> str:
    return f"""
    QAbstractItemView {{
        outline: none; color: {c.ink}; selection-color: {c.ink}; selection-background-color:
        {c.accent_soft};
    }}
    QTableView, QTreeView, QListView {{ background: {c.card}; border: none; gridline-color: {c.line}; }}
    QTableView[role="card"], QTreeView[role="card"], QListView[role="card"] {{
        border: 1px solid {c.line}; border-radius: {t.RADIUS_CARD}px;
    }}
    QTableView:focus, QTreeView:focus, QListView[role="card"]:focus {{ border: 1px solid {c.accent}; }}
    QTableView::item, QTreeView::item {{ padding: 3px 9px; border-bottom: 1px solid {c.line}; }}
    QTableView::item:selected, QTreeView::item:selected {{ background: {c.accent_soft}; color: {c.ink}; }}
    QTableView::item:focus {{ border: 2px solid {c.accent}; }}
    QTableView[bare="true"]::item, QTableView[bare="true"]::item:selected, QTableView[bare="true"]::item:focus {{
        background: transparent; border: none;
    }}
    QHeaderView {{ background: {c.sunken}; border: none; }}
    QHeaderView::section {{
        color: {c.muted}; background: {c.sunken}; border: none; border-bottom: 1px solid {c.line};
        padding: 3px 9px; font-size: {px(t.SMALL)}; font-weight: bold;
    }}
    QTableCornerButton::section {{ background: {c.sunken}; border: none; }}
    QListView[role="popup"] {{ background: {c.card}; border: 1px solid {c.edge}; padding: 4px; }}
    QComboBox QAbstractItemView {{ background: {c.card}; border: 1px solid {c.edge}; padding: 4px; }}
    QScrollArea {{ border: none; background: transparent; }}
    QScrollArea[kind="paper"] {{ border: 2px solid transparent; border-radius: {t.RADIUS_CONTROL}px; }}
    QScrollArea[kind="paper"]:focus {{ border-color: {c.accent}; }}
    QScrollArea > QWidget > QWidget[role="page"] {{ background: transparent; }}
    QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
    QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
    QScrollBar::handle {{ background: {c.edge}; border-radius: 3px; margin: 3px; }}
    QScrollBar::handle:vertical {{ min-height: 32px; }}
    QScrollBar::handle:horizontal {{ min-width: 32px; }}
    QScrollBar::handle:hover {{ background: {c.muted}; }}
    QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
        background: transparent; border: none; width: 0; height: 0;
    }}
    QProgressBar {{
        background: {c.chart_none}; border: none; border-radius: 4px; max-height: 8px; min-height: 8px;
    }}
    QProgressBar::chunk {{ background: {c.accent}; border-radius: 4px; }}
    QSplitter::handle {{ background: transparent; }}
    """
