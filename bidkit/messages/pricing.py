"""BK260–BK299, BK680–BK684: prices, costs, VAT, hours sold, the scoring what-if and shares of a consortium."""

from bidkit.diagnostics import Message, Severity
from bidkit.i18n import N_

ABOVE_CEILING = Message(
    "BK260",
    "above-ceiling",
    N_("The unit price of line {line} is {price}, but the tender accepts at most {ceiling}."),
    N_("Lower the price to {ceiling} or less, or leave the line out if that does not cover the cost."),
    N_(
        "The tender gives the line a ceiling, and the price is above it. A bid above a ceiling is rejected.\n\n"
        "Lower the price: strategy `at_ceiling` uses the ceiling itself, `fixed` a price of your own. If the "
        "ceiling does not cover the full cost, bidkit says so too."
    ),
)
ZERO_PRICE = Message(
    "BK261",
    "zero-price",
    N_("The unit price of line {line} is 0, but a priced line must cost something."),
    N_("Give a price, or choose the strategy {=not_offered}."),
    N_(
        "A line is priced at nothing. Buyers read a zero as a mistake or as a line that is not offered, and "
        "shares and comparison formulas break on it.\n\n"
        "Give the line a price. Only a price that the buyer has fixed at zero may be zero."
    ),
)
NEGATIVE_PRICE = Message(
    "BK262",
    "negative-price",
    N_("The unit price of line {line} is {price}, but a price cannot be negative."),
    N_("Correct the price or the margin so that the price is above 0."),
    N_(
        "A line has a price below zero, usually from a stray minus sign or from a margin below -100 %.\n\n"
        "Correct the price or the margin."
    ),
)
BELOW_COST = Message(
    "BK263",
    "below-cost",
    N_("The price of line {line} is {price} without VAT, but the full cost is {cost}."),
    N_(
        "Raise the price to {cost} or more, or write in {@prices.below_cost_reason} why and who carries the difference."
    ),
    N_(
        "A line is sold below its full cost, so every unit sold makes a loss that somebody must carry.\n\n"
        "Raise the price or the margin, lower the cost, or state the reason and who carries the difference in "
        "`below_cost_reason`. Buyers must ask about prices that look abnormally low; the reason and the cost "
        "workbook are then your answer. Neither is printed in the files for the buyer."
    ),
)
BELOW_COST_REASON = Message(
    "BK264",
    "below-cost-with-reason",
    N_("The price of line {line} is {price} without VAT, below the full cost of {cost}. Reason given: {reason}"),
    N_("Nothing needs to be done if the reason still holds."),
    N_(
        "A line is sold below its full cost on purpose, and the reason is written down.\n\n"
        "Check before sending that the reason still holds and that the one who carries the difference knows it."
    ),
    Severity.NOTE,
)
TOO_MANY_DECIMALS = Message(
    "BK265",
    "too-many-decimals",
    N_("The price {price} of line {line} has more decimals than the {decimals} that the price form takes."),
    N_("Write the price with at most {decimals} decimals, for example {rounded}."),
    N_(
        "The unit price binds, and the buyer's form cannot hold all of its decimals. A price rounded down by "
        "the form may fall below the cost.\n\n"
        "Write the price with the decimals that the form takes. bidkit goes on with the rounded price."
    ),
)
NOT_THE_FIXED_PRICE = Message(
    "BK266",
    "not-the-buyers-price",
    N_("The unit price of line {line} is {price}, but the buyer has fixed it at {fixed}."),
    N_("Set the price to {fixed} or leave the line out."),
    N_(
        "The buyer has fixed the unit price of the line: bids compete on quality alone.\n\n"
        "Use the strategy `fixed` without `unit_price`, and bidkit takes the buyer's price."
    ),
)
NO_UNIT_PRICE = Message(
    "BK267",
    "no-unit-price",
    N_("Line {line} has the strategy {=fixed}, but no unit price."),
    N_("Add {@prices.unit_price}, or choose the strategy {=cost_plus} or {=at_ceiling}."),
    N_(
        "The strategy `fixed` takes the price from `unit_price`, which is missing, and the buyer has not fixed "
        "a price either.\n\nAdd `unit_price: 58,00` or choose another strategy."
    ),
)
NO_CEILING = Message(
    "BK268",
    "no-ceiling",
    N_("Line {line} has the strategy {=at_ceiling}, but the tender gives it no ceiling."),
    N_("Choose the strategy {=cost_plus} or {=fixed}, or add the ceiling to the tender's price line."),
    N_(
        "The strategy `at_ceiling` sells at the highest price that the tender accepts, and none is given.\n\n"
        "Check the tender: if it has a ceiling, add `ceiling` to the price line; otherwise choose another strategy."
    ),
)
NO_EFFECT = Message(
    "BK269",
    "no-effect",
    N_("“{field:bare}” of line {line} has no effect with {choice}."),
    N_("Remove “{field:bare}” or choose otherwise."),
    N_(
        "A field is given that the chosen strategy or VAT status does not use: a margin counts only with "
        "`cost_plus`, a unit price only with `fixed`, a VAT rate only with `standard`.\n\n"
        "Remove the field so that nobody thinks it counts, or change the strategy or the status."
    ),
    Severity.NOTE,
)
OTHER_YEARS_RATES = Message(
    "BK270",
    "side-costs-of-another-year",
    N_("There are no side cost rates for {year}; the rates of {used} are used."),
    N_("Add the rates of {year} to {@cost_basis.side_costs} when they are known."),
    N_(
        "Employers' side costs are confirmed for a year at a time. bidkit knows those of some years, and for "
        "another year it uses the latest it has.\n\n"
        "When the rates are published, add them to `side_costs` of the cost basis with their source."
    ),
    Severity.NOTE,
)
NO_WORKING_DAYS = Message(
    "BK271",
    "no-working-days",
    N_("The number of working days in {year} is not known: the calendar covers {first}–{last}."),
    N_("Add {@cost_basis.working_time.working_days} to the cost basis."),
    N_(
        "Hours of work are counted from the working days of the year, and bidkit's calendar does not reach "
        "that year.\n\nCorrect the year or give `working_days` yourself."
    ),
)
NO_TIME_LEFT = Message(
    "BK272",
    "no-working-time-left",
    N_("Leave and absence take {away} of {days} working days, so no time is left for work."),
    N_("Correct the leave and absence days of the cost basis."),
    N_(
        "The working time of the cost basis leaves nothing to sell, so an hourly cost cannot be counted.\n\n"
        "Check `working_days`, `leave_days` and `other_absence_days`: they are working days a year."
    ),
)
SHARES_OVER = Message(
    "BK273",
    "shares-over-hundred",
    N_("The shares of “{id}” add up to {sum}, but there is only 100 % to share."),
    N_("Lower the shares so that they add up to at most 100 %."),
    N_(
        "A salary or yearly cost is divided between services for more than it is. Of a salary this means that "
        "the same hours are sold twice.\n\n"
        "Correct the shares. They may add up to less than 100 %: the rest belongs to other work."
    ),
)
NEGATIVE_COST = Message(
    "BK274",
    "negative-cost",
    N_("The cost of “{id}” is {amount}, but a cost cannot be negative."),
    N_("Write the amount without the minus sign, or remove the row."),
    N_(
        "A cost below zero would lower prices. Income is not entered as a negative cost: money from others is "
        "entered as a cost row with its funding, such as `grant`.\n\nCorrect the amount."
    ),
)
NO_HOURS = Message(
    "BK275",
    "no-hours-to-sell",
    N_("“{service}” has costs of {cost}, but no hours that they could be divided by."),
    N_("Give a market-funded, productive salary a share for “{service}”."),
    N_(
        "The hourly cost is the yearly cost divided by the hours of client work of the salaries that the price "
        "must pay. Here there are no such salaries, so the full cost cannot be told.\n\n"
        "Allocate a salary with `funding: market` and `productive: yes` to the service. Hours paid by a grant or "
        "a wage subsidy do not count: they would make the price too low."
    ),
)
NO_COSTS = Message(
    "BK276",
    "no-costs",
    N_("“{service}” has no market-funded costs, so its full cost cannot be told."),
    N_("Allocate salaries and cost items to “{service}”."),
    N_(
        "A service is sold, but no salary or cost item with `funding: market` has a share for it, so nobody can "
        "tell whether the price covers the cost.\n\nAdd the service to `allocations` of its salaries and cost items."
    ),
)
NO_UNIT_HOURS = Message(
    "BK277",
    "no-hours-per-unit",
    N_(
        "“{service}” does not say how many hours of work one unit “{unit:bare}” takes, so line {line} has no full cost."
    ),
    N_("Add the unit {unit} with its hours to {@services.work_hours} of the service."),
    N_(
        "The full cost of a sold unit is its hours of work, preparation and records included, times the hourly "
        "cost. The service does not say how many hours this unit takes.\n\n"
        "Add it to `work_hours` of the service: unit `client`, hours `16`."
    ),
)
COST_NOT_IN_PRICE = Message(
    "BK278",
    "cost-in-no-price",
    N_("“{item}” grows with {driver}, but no line of “{service}” is sold by it, so no price carries this cost."),
    N_("Give the cost per hour or per year instead ({=per_hour}, {=per_year}), or check the units of the price lines."),
    N_(
        "A cost item of a service grows with the number of clients or groups, but the tender buys the service in "
        "other units, so the cost is in no unit price.\n\n"
        "Enter the cost with another driver, such as `per_hour` or `per_year`."
    ),
    Severity.WARNING,
)
KEPT_OUT = Message(
    "BK279",
    "money-of-others",
    N_("Others pay {amount} of the costs of “{service}”; it is kept out of the price and shown apart."),
    N_("Check that the funder allows this use and that the funding of each cost row is right."),
    N_(
        "Cost rows with other funding than `market` (grants, wage subsidies, municipal money, own money) are never "
        "in a price, and hours paid with them are not sold.\n\n"
        "A grant may seldom be used for market services: that could be unlawful aid. The cost workbook shows the "
        "sums by funding."
    ),
    Severity.NOTE,
)
VAT_UNKNOWN = Message(
    "BK280",
    "vat-unknown",
    N_("The VAT status of line {line} is unknown, but the bid can be sent only when it is decided."),
    N_("Find out the status and write {=standard}, {=exempt} or {=not_liable} with its ground."),
    N_(
        "Whether a service is taxable depends on the service, its buyer and the bidder, and a wrong status costs "
        "the VAT. So a bid with an unknown status is not released.\n\n"
        "Employment coaching is usually taxable at the general rate; social services are exempt only if all the "
        "conditions of sections 37–38 of the VAT Act hold. Ask the Tax Administration or an accountant."
    ),
)
VAT_NO_GROUND = Message(
    "BK281",
    "vat-without-ground",
    N_("Line {line} is without VAT, but the legal ground is missing."),
    N_("Add {@prices.vat.ground} to this price."),
    N_(
        "A line is `exempt` or `not_liable`. The buyer and the Tax Administration may ask why, so the ground must be "
        "written down.\n\nExample: `ground: AVL 37 §, sosiaalihuoltona annettava palvelu`."
    ),
)
VAT_NOBODY_DECIDED = Message(
    "BK282",
    "vat-nobody-decided",
    N_("Line {line} is without VAT, but it is not said who decided so."),
    N_("Add {@prices.vat.decided_by} to this price (a role is enough)."),
    N_(
        "A line is `exempt` or `not_liable`, and somebody must have decided so.\n\n"
        "Write who, by role, in `decided_by` and the date in `decided_on`."
    ),
)
VAT_ODD_RATE = Message(
    "BK283",
    "vat-odd-rate",
    N_("The VAT rate of line {line} is {rate}, but the rates in force on {date} are {known}."),
    N_("Correct the rate, or leave it out to use the general rate."),
    N_(
        "The given rate is none of the Finnish VAT rates on the day the contract begins.\n\n"
        "Correct it. Without `rate` the general rate of that day is used."
    ),
    Severity.WARNING,
)
PROMISED_TWICE = Message(
    "BK285",
    "promised-twice",
    N_("“{service}” needs {needed} for the estimated quantities, but its staff have {available}: promised twice."),
    N_("Add staff, lower the quantities offered, or check the hours per unit."),
    N_(
        "The estimated quantities of all offered lines take more hours of client work than the market-funded "
        "salaries of the service have.\n\n"
        "Add staff to the costs, offer fewer lots, or check `work_hours` of the service and `client_share` of the "
        "cost basis."
    ),
    Severity.WARNING,
)
PROMISED_TWICE_IN_ALL = Message(
    "BK286",
    "promised-twice-in-all",
    N_("The whole bid needs {needed} for the estimated quantities, but its staff have {available}."),
    N_("Add staff or offer fewer lots."),
    N_(
        "The estimated quantities of everything offered take more hours of client work than the market-funded "
        "salaries of the offered services have.\n\nIf all lots were won, the staff would not suffice."
    ),
    Severity.WARNING,
)
MIXED_BASES = Message(
    "BK287",
    "mixed-vat-bases",
    N_("The comparison price of lot {lot} adds prices with and without VAT: line {line} is asked {basis}."),
    N_("Check {@price_lines.vat_basis} of the lot's price lines against the tender; ask the buyer if it is so there."),
    N_(
        "The price lines that a lot is compared by ask some prices with VAT and some without, and the comparison price "
        "is their sum.\n\nMostly one `vat_basis` is a mistake. If the tender really says so, ask the buyer how the "
        "prices are compared."
    ),
    Severity.WARNING,
)
NO_PRICE_POINTS = Message(
    "BK290",
    "no-price-points",
    N_("There are assumed rivals for lot {lot}, but the tender does not say how many points the price gives."),
    N_("Add {@tender.price_points} to the tender."),
    N_(
        "The scoring what-if compares the bid with assumed rivals, and needs the most points that the price can "
        "give.\n\nAdd `price_points` (and `quality_points`) as the tender states them."
    ),
    Severity.NOTE,
)
NO_EXPECTED_POINTS = Message(
    "BK291",
    "no-expected-points",
    N_("There is no estimate of points for criterion {criterion}, so the scoring what-if counts it as 0."),
    N_("Add {@answers.expected_points} to the answer."),
    N_(
        "The scoring what-if needs your own estimate of the quality points. Without one the criterion counts as "
        "nothing, which makes the bid look worse than it is.\n\nAdd `expected_points` to the answer; it is internal."
    ),
    Severity.NOTE,
)
RIVAL_PRICE = Message(
    "BK292",
    "rival-price",
    N_("The assumed price of the rival “{rival}” is {price}, but a price cannot be negative."),
    N_("Correct the price."),
    N_("An assumed rival has a price below zero. The rival is left out of the scoring what-if; correct the price."),
    Severity.WARNING,
)
LOSS_MAKER = Message(
    "BK293",
    "loss-maker",
    N_(
        "“{member}” makes a loss of {loss} at {point} ({way}): income {income}, own cost {cost}. "
        "A loss comes at: {points}."
    ),
    N_("Agree another share for “{member}”, raise the price of its services or lower their cost."),
    N_(
        "The share of money that a member gets does not cover the cost of the services it owns. Looked at are 60, 100 "
        "and 120 % of the estimated quantities, and the case that no outcome fee is paid; fixed costs do not shrink "
        "with volume.\n\n"
        "Agree other shares, a minimum volume or a guarantee, or change prices or costs. bidkit shows the alternatives "
        "side by side and chooses none of them. The figures are internal: they are never printed for the buyer."
    ),
    Severity.WARNING,
)
SHARES_NOT_WHOLE = Message(
    "BK294",
    "shares-not-whole",
    N_("The shares of {what} in lot {lot} add up to {sum}, but they must add up to 100 % exactly."),
    N_("Correct the shares (members: {members}); the difference is {difference}."),
    N_(
        "The members' agreed shares of a lot do not make the whole, so somebody would get too much or some of the "
        "money would be nobody's. Even 99.99 % is not 100 %: nothing is shared by guess.\n\n"
        "Correct the shares; write one third as 33.33, 33.33 and 33.34. Until then the lot is not shared by the "
        "agreed per cent, and the other alternatives are shown without it."
    ),
)
SHARE_OF_NOBODY = Message(
    "BK295",
    "share-of-nobody",
    N_("The agreed share names {what} “{id}”, which is not in the bid; there is: {known}."),
    N_("Correct the id, or remove the share if the member has left or the lot is not offered."),
    N_(
        "An agreed share belongs to a member that is not in the bid or to a lot that is not offered. The lot is not "
        "shared by the agreed per cent until this is mended, for the others' shares do not make the whole.\n\n"
        "Correct the id. If the member has left, agree anew on what becomes of its share."
    ),
)
SHARED_TWICE = Message(
    "BK296",
    "shared-twice",
    N_("“{member}” has two agreed shares of lot {lot}; the first is at {first}."),
    N_("Keep one of the two shares."),
    N_(
        "One member has two agreed shares of the same lot, and nobody can tell whether they are to be added up or the "
        "later one replaces the earlier.\n\nKeep one of them."
    ),
)
NOTHING_AGREED = Message(
    "BK680",
    "no-shares-of-lot",
    N_("Shares have been agreed, but none of lot {lot} (“{id}”)."),
    N_("Add a row for each member that shares lot {lot}, so that they add up to 100 %."),
    N_(
        "The members have agreed how some lots are shared, but nothing is said of this one, so nobody knows whose its "
        "money is. Nothing is shared by guess.\n\n"
        "Agree the shares and write a row for each member. Until then the lot is not shared by the agreed per cent, "
        "and the other alternatives are shown without it."
    ),
)
SHARE_OF_WITHDRAWN = Message(
    "BK681",
    "share-of-withdrawn",
    N_("“{member}” has withdrawn, but {percent} of the money of “{lot}” is still promised to it."),
    N_("Agree anew who gets the {percent}, and remove the row of “{member}”."),
    N_(
        "An organisation has left the consortium after the shares were agreed. Its share is nobody's, and the others' "
        "shares no longer make the whole, so the lot is not shared by the agreed per cent.\n\n"
        "Agree anew and write the new shares. If the organisation has not left after all, change the mark in the list "
        "of participants."
    ),
)
SHARE_WITHOUT_FILES = Message(
    "BK682",
    "share-without-files",
    N_("A share is agreed for “{member}”, but its own files are not here, so its share cannot be reckoned."),
    N_("Put the files of “{member}” into its folder, or remove the row if it does not take part."),
    N_(
        "The list of participants names the organisation, but there is no folder with its file, or something that is "
        "needed is missing in it. Without it nobody can tell its services and costs.\n\n"
        "Ask for its file and put it into a folder of its own among the members' folders."
    ),
)
SHARE_OF_SMALL = Message(
    "BK683",
    "share-of-small-member",
    N_("“{member}” is a small member with a form: it is paid the compensation in its form, not a share of the price."),
    N_("Remove the row of “{member}” and add its share to the lead's."),
    N_(
        "The lead pays a small member of an umbrella the compensation that its form asks for, and counts it among its "
        "own costs. A share of the price besides would pay the same work twice.\n\n"
        "Remove the row. If the organisation is to have a share, it needs a file of its own with services and costs."
    ),
)
SMALL_NOT_COVERED = Message(
    "BK684",
    "small-members-not-covered",
    N_(
        "Small members ({members}) ask {asked} in all, but the lead's costs in this bid hold {held} for them: "
        "{missing} is in no price. Asked at: {places}."
    ),
    N_("Raise the lead's cost for them by {missing}, allocate it to the offered services, or agree a smaller sum."),
    N_(
        "What small members are paid is a cost of the lead. It is in the price only if the lead has a cost item for "
        "it, allocated to the services of this bid.\n\n"
        "A cost item that has the id or name of one small member in its id, name or source is that member's; all "
        "others are paid from the cost items of the kind `subcontracting` together. Raise the amount, add an item or "
        "check its shares by service. Hours of volunteers are never priced."
    ),
    Severity.WARNING,
)
GO_COLUMNS = Message(
    "BK297",
    "go-columns-missing",
    N_("The first row of the decision table has the columns {found}, but “rule” and “threshold” are needed."),
    N_("Write “rule;threshold” on the first row, and below it a row for each rule that you change."),
    N_(
        "The file `go.csv` in the folder changes single rows of the table by which `bidkit go` judges. Its columns are "
        "`rule`, `threshold`, `relation`, `verdict`, `unknown` and `source`; the first two must be there.\n\n"
        "rule;threshold;source\nlargest_buyer;40;Decision of the board\ncash;25000;Accounts"
    ),
)
GO_RULE = Message(
    "BK298",
    "go-rule-unknown",
    N_("The decision table has no rule “{rule}”; perhaps: {near}."),
    N_("Correct the name of the rule, or remove the row."),
    N_(
        "A row of `go.csv` names a rule that bidkit does not have, so the row changes nothing.\n\n"
        "Rules: own_knock_outs, partner_knock_outs, turnover_cover, references_missing, capacity_cover, hours_cover, "
        "cash_gap, days_left, largest_buyer, cost_cover. Figures: payment_days, invoice_days, cash."
    ),
)
GO_WORD = Message(
    "BK299",
    "go-word-unknown",
    N_("“{value}” is not a word of the column {column}; its words are: {known}."),
    N_("Write one of these words, or leave the cell empty to keep what bidkit has."),
    N_(
        "A row of `go.csv` has a word that bidkit does not know, so the row changes nothing.\n\n"
        "`relation`: at_least, above, below. `verdict`: join, skip, or off to leave the rule out. `unknown`: join, "
        "skip, or note to only tell of it; what is not known never speaks for bidding alone."
    ),
)
GO_TWICE = Message(
    "BK289",
    "go-rule-twice",
    N_("The decision table changes “{rule}” twice; the first row is {first}."),
    N_("Keep one of the two rows."),
    N_("Two rows of `go.csv` change the same rule. bidkit goes by the first and asks you to remove one of them."),
)
