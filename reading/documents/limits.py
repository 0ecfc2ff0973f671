"""How much of a file is looked at? What is beyond is refused before anything is decoded, or made smaller."""

MAX_BYTES = 20 * 1024 * 1024
MAX_PAGES = 20
MAX_FRAMES = 10  # of one TIFF
MAX_PIXELS = 60_000_000  # of one picture, as its header says
MAX_DRAWN_PIXELS = 6_000_000  # of a page that we draw ourselves
MAX_SIDE = 2200  # of what is read; more costs time and finds nothing more
MAX_SIDE_OF_SEVERAL = 1600  # of each of several pages
SEVERAL = 4
LOOKING_SECONDS = 11.0  # after which no further picture of the same file is begun
PREVIEW_SIDE = 1400
MAX_CHARACTERS = 40_000  # of one page's text
MAX_OBJECTS = 20_000  # of one page
