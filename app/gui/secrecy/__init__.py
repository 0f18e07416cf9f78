"""The page Sekretess: what of the bid should be kept secret, why, and how well that stands."""
