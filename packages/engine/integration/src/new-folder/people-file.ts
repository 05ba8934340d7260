/** `people.yaml` of a new folder: nobody yet, and what is to be filled in. */
export const peopleFile = `# Who answers for this site, on both sides. Before patients are treated with it, everything here is
# needed, and asked for anew every 90 days; \`trestle check\` names what is missing.

# By a name of your own, who it is and how to reach them. It stands in no log.
# people:
#   our-engineer: { name: Our engineer on call, side: ours, phone: +1 608 555 0100 }
#   interface-analyst:
#     name: Ada Example
#     side: hospital
#     email: ada@hospital.example

# Who does what; each a name from above.
# owners:
#   dayToDay: our-engineer
#   outOfHours: our-engineer
#   upgradesOurs: our-engineer
#   upgradesHospital: interface-analyst
#   siteContact: interface-analyst
#   interfaceAnalyst: interface-analyst
#   clinicalInformatics: interface-analyst
#   leadershipOutOfHours: interface-analyst

# Who is called one after the other when something is broken.
# escalation:
#   - { call: our-engineer, waitMinutes: 15 }
#   - { call: interface-analyst, by: email, waitMinutes: 60 }

# What was agreed, by severity: critical, high, medium, low.
# serviceLevels:
#   critical:
#     respondMinutes: 15
#     restoreMinutes: 240
#     agreedBy: [our-engineer, interface-analyst]
#     agreedOn: 2026-01-08

# The day on which everybody was last asked whether this is still so.
# confirmedOn: 2026-01-10
`;
