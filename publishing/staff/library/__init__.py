"""The library of pictures: its pages, and what they say of a picture."""

from publishing.staff.library.pages import PictureAdmin
