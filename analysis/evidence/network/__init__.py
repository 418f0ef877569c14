"""Network meta-analysis: treatments compared with each other through all studies that connect them.

The model is the frequentist one of netmeta (Rücker 2012, Research Synthesis Methods 3:312; Rücker &
Schwarzer 2014, Statistics in Medicine 33:4353), written with arms instead of reduced weights: a study is
a set of arms whose variances follow from those of its pairwise effects, and its own level is free. Both
give the same estimates.
"""

from analysis.evidence.network.evidence import Comparison, connected_parts
from analysis.evidence.network.model import network
from analysis.evidence.network.result import Contrast, Edge, Estimate, Network, Node, QTest, Split
from analysis.evidence.network.splits import split_nodes

__all__ = [
    "Comparison",
    "Contrast",
    "Edge",
    "Estimate",
    "Network",
    "Node",
    "QTest",
    "Split",
    "connected_parts",
    "network",
    "split_nodes",
]
