"""Roles of lines, learned: roles aligned from labelled fields, weights learned and held against other offices; `make train-roles`"""
