"""Questions put to the database, one module a subject. Every one is asked inside an agency's walls and
answers in records.

``known_at`` is a place in the agency's sequence: the answer is what stood there then; None asks for what
stands now.
"""
