"""The secret ballot: ballots nobody can read, a count everybody can check.

The format is Belenios, protocol version 1, group BELENIOS-2048, byte for byte: docs/rules/voting-format.md tells it in
full. Nothing here reads a clock, a file or a network, and chance comes in as the keyword `random_below` (from `secrets`
at the edge). Lowest floor first:

- `checks` names every check; `secret` keeps keys and credentials out of sight; `arithmetic`, `group` and `membership`
  hold the numbers;
- `wire` and `hashing` fix the bytes; `knowledge` and `disjunction` are the two families of proofs;
- `election`, `credentials`, `trustees`, `threshold` are what is fixed before the vote; `ballots`, `ballot_wire`,
  `ballot_checks` one member's paper;
- `tally`, `decryption`, `result` the count; `archive` and `chain` the public record; `record` checks a whole one;
  `rehearsal` plays one through;
- `counting`, `reporting` and `paper` say what the numbers mean in the hall.
"""
