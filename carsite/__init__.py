"""The site: settings, addresses, what patients ask for, what staff do, and how it is kept."""

VERSION = "0.1.0"
