"""The page Svar: the bid folder's files and the company's own documents, linked to what asks for them."""
