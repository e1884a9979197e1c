"""Finding the offers that answer a question.

How it is put together: `understanding.questions` reads the question; `index` keeps the offers of one network in memory
as columns and postings (words, themes, areas, vectors), append-only so that a changed offer is findable at once;
`ranking` filters by place (`nearness`), scores by words, themes and meaning (`signs`), corrects by age, language, price
and opening (`preferences`); `served` keeps silent where what is needed is not offered; `answers` says why; `directory`
holds one index per network and brings it up to date from storage; `encoder` turns texts into vectors, or says that it
cannot. Only `directory` knows storage; the rest are pure.
"""
