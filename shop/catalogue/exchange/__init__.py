"""Goods to and from a CSV file, one row for each variant; docs/products.md describes it.

From the file to the shop: `reading` makes rows of it, `gathering` what they want, `stock_taking` finds
what there is, `planning` and `hanging` the difference, `making` the pictures, and `writing` carries it out.
`exporting` goes all the way back.
"""
