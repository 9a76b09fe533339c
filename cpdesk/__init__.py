"""The headless core of cpdesk: records, their log, exchange and paper. Never imports Qt."""

__version__ = "0.1.0"
