def none(doc): return []
