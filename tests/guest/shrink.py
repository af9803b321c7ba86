# SPDX-License-Identifier: GPL-2.0-or-later
"""The smallest plan that still fails."""


def size_below(plan, position):
    return len(plan.nodes) - len(plan.without([position]).nodes)


def shrink(plan, fails, boots):
    """Takes nodes away, with all below them, the largest trees first, as long as FAILS(plan) holds; it asks BOOTS times
    at most."""
    position = 0
    order = sorted(range(len(plan.nodes)), key=lambda node: -size_below(plan, node))
    while position < len(order) and boots > 0:
        smaller = plan.without([order[position]])
        boots -= 1
        if fails(smaller):
            plan, position = smaller, 0
            order = sorted(range(len(plan.nodes)), key=lambda node: -size_below(plan, node))
        else:
            position += 1
    return plan
