"""Makes the DOCX and PDF files of the invented pairs from the sources below.

    python tests/pairs/make_files.py            # all
    python tests/pairs/make_files.py 05 08      # only these pairs

Sources are a small markup: blocks parted by empty lines; "# ", "## ", "### " are headings, a block of
lines that begin with "|" is a table (first row: its head, repeated on each page), "- " are bullets,
"**words**" is bold, "---" begins a new page.
"""

import re
import sys
from pathlib import Path

HERE = Path(__file__).parent
SOURCES = {}


def blocks(source):
    for block in re.split(r"\n\s*\n", source.strip()):
        lines = block.strip().splitlines()
        if lines[0].startswith("|"):
            yield "table", [[c.strip() for c in line.strip().strip("|").split("|")] for line in lines]
        elif lines[0].startswith("#"):
            level = len(lines[0]) - len(lines[0].lstrip("#"))
            yield f"h{level}", lines[0].lstrip("# ")
        elif lines[0].startswith("- "):
            for line in lines:
                yield "bullet", line[2:]
        elif lines[0] == "---":
            yield "page", ""
        else:
            yield "p", " ".join(line.strip() for line in lines)


def runs(text):
    for n, part in enumerate(text.split("**")):
        if part:
            yield part, n % 2 == 1


def make_docx(path, header, source):
    import docx
    from docx.enum.text import WD_BREAK
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    document = docx.Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = header
    footer = section.footer.paragraphs[0].add_run()
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        footer._r.append(mark)

    def fill(paragraph, text):
        for part, bold in runs(text):
            paragraph.add_run(part).bold = bold or None

    for kind, value in blocks(source):
        if kind == "table":
            table = document.add_table(rows=0, cols=len(value[0]))
            table.style = "Table Grid"
            for n, row in enumerate(value):
                cells = table.add_row().cells
                for cell, text in zip(cells, row, strict=True):
                    fill(cell.paragraphs[0], f"**{text}**" if n == 0 else text)
            mark = OxmlElement("w:tblHeader")
            mark.set(qn("w:val"), "true")
            table.rows[0]._tr.get_or_add_trPr().append(mark)
        elif kind == "page":
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        elif kind == "bullet":
            fill(document.add_paragraph(style="List Bullet"), value)
        elif kind == "h1":
            document.add_heading(value, 0)
        elif kind.startswith("h"):
            document.add_heading(value, int(kind[1]) - 1)
        else:
            fill(document.add_paragraph(), value)
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.save(path)


def make_pdf(path, header, source):
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.lib.units import cm
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

    styles = getSampleStyleSheet()
    body = styles["BodyText"]

    def rich(text):
        text = text.replace("&", "&amp;").replace("<", "&lt;")
        return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", text)

    story = []
    for kind, value in blocks(source):
        if kind == "table":
            wide = [1.8] + [14.2 / (len(value[0]) - 1)] * (len(value[0]) - 1)
            if len(value[0]) == 4:
                wide = [1.3, 4.7, 4.6, 5.4]
            rows = [[Paragraph(rich(f"**{c}**" if n == 0 and c else c), body) for c in row] for n, row in enumerate(value)]
            table = Table(rows, colWidths=[w * cm for w in wide], repeatRows=1)
            table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.grey), ("VALIGN", (0, 0), (-1, -1), "TOP")]))
            story += [table, Spacer(1, 8)]
        elif kind == "page":
            story.append(PageBreak())
        elif kind == "bullet":
            story.append(Paragraph(rich(value), body, bulletText="•"))
        elif kind.startswith("h"):
            story.append(Paragraph(rich(value), styles["Title" if kind == "h1" else f"Heading{int(kind[1]) - 1}"]))
        else:
            story.append(Paragraph(rich(value), body))

    def furniture(canvas, document):
        canvas.saveState()
        canvas.setFont("Helvetica", 8)
        canvas.drawString(2.5 * cm, 28.6 * cm, header)
        canvas.drawCentredString(10.5 * cm, 1.2 * cm, str(document.page))
        canvas.restoreState()

    SimpleDocTemplate(
        str(path),
        pagesize=A4,
        leftMargin=2.5 * cm,
        rightMargin=2.5 * cm,
        topMargin=2.2 * cm,
        bottomMargin=2 * cm,
        title=header,
        author="",
        producer="",
        creator="",
        invariant=1,
    ).build(story, onFirstPage=furniture, onLaterPages=furniture)
    data = path.read_bytes()
    path.write_bytes(re.sub(rb"ReportLab[^\r\n)]*", lambda m: b" " * len(m.group()), data))


# --- 05: recommendations in bold inside the chapters and again in an annex; a table of verdicts ---

SOURCES["05-verdict-table/report.docx"] = (
    "Merrow Museums Commission: Final report",
    """
# Cases for keeping: the future of museums in Merrowshire

## Report of the Merrow Museums Commission to Merrowshire County Council, November 2023

### Foreword by the chair

Merrowshire has twenty-three museums, which is more for each thousand of its people than any other county. It has the oldest stuffed walrus in the kingdom and a collection of lace that scholars cross oceans to see. It has also, since 2012, cut what it spends upon them by fifty-eight per cent. The Council asked us to say how the one could be kept in spite of the other.

### Chapter 1: Collections

The Council does not own a full list of what it owns. Some forty thousand objects, on our reckoning, have never been entered in any register. At the store in Foundry Lane we saw boxes that had not been opened since the museum at Thripp was closed in 1987. **The Council should complete a full inventory of its collections within three years (Recommendation 1).**

The store itself is damp. A conservator who came with us declined to stay in the basement for longer than twenty minutes. **The Foundry Lane store should be vacated before the winter of 2024 (Recommendation 2).**

From time to time it has been suggested that the Council might sell some part of its collections. We considered whether to recommend this, and we reject the idea. **The Council should adopt a binding policy that nothing given to it by a donor will be sold to balance the revenue budget (Recommendation 3).**

### Chapter 2: People

There are eleven curators where once there were thirty-four. Much of what was known about the collections is known only to those who have retired. **Two curatorial traineeships should be created each year (Recommendation 4).** Volunteers are the pride of the service, and they are not employees in disguise. **The Council should agree a volunteers' charter with the Friends' groups (Recommendation 5).**

### Chapter 3: Governance and money

We heard arguments for an independent trust and arguments against. On balance those for it were the better. **Responsibility for the museums should pass to an independent charitable trust by April 2026 (Recommendation 6).** A trust will fail if it is born poor. **The Council should guarantee the trust an annual grant, linked to prices, for ten years (Recommendation 7).** **Admission to the Castle Museum should again be free to residents of the county (Recommendation 8).** **The Council should press His Majesty's Government for a change in the rules on the recovery of value added tax by museum trusts (Recommendation 9).**

---

### Annex A: Our recommendations

- **Recommendation 1:** The Council should complete a full inventory of its collections within three years.
- **Recommendation 2:** The Foundry Lane store should be vacated before the winter of 2024.
- **Recommendation 3:** The Council should adopt a binding policy that nothing given to it by a donor will be sold to balance the revenue budget.
- **Recommendation 4:** Two curatorial traineeships should be created each year.
- **Recommendation 5:** The Council should agree a volunteers' charter with the Friends' groups.
- **Recommendation 6:** Responsibility for the museums should pass to an independent charitable trust by April 2026.
- **Recommendation 7:** The Council should guarantee the trust an annual grant, linked to prices, for ten years.
- **Recommendation 8:** Admission to the Castle Museum should again be free to residents of the county.
- **Recommendation 9:** The Council should press His Majesty's Government for a change in the rules on the recovery of value added tax by museum trusts.

### Annex B: Those who gave evidence

The Friends of Thripp Museum; the Lace Society; Dr A. Quennell; and one hundred and seven residents.
""",
)

SOURCES["05-verdict-table/response.docx"] = (
    "Merrowshire County Council – Cabinet, 12 March 2024 – Item 9, Appendix 1",
    """
# Response of the Council to the report of the Merrow Museums Commission

## 1. Background

Cabinet received the Commission's final report on 5 December 2023 and resolved to thank the Commissioners for their work. Officers have since met the Friends' groups, the trade unions and the national funding body. Members will be aware that the Council has to find savings of £31.4 million in the coming year, and the positions below have been prepared in that light. Members are recommended to agree the response set out in the table.

## 2. The Council's position

| Ref. | Recommendation of the Commission | Position | Comment |
| 1 | Complete a full inventory within three years | Agreed in part | An inventory of fine art, lace and natural history will be complete by March 2027. The social history collection, at some 26,000 objects, cannot be inventoried with the staff available and is not included. |
| 2 | Vacate the Foundry Lane store before winter 2024 | Agreed | Heads of terms have been signed for a unit at Cold Harbour Business Park. Removal will begin in July and end in October 2024. |
| 3 | Binding policy against sale of donated objects | Not agreed | The Council's present collections policy, adopted in 2015, contains a presumption against disposal. The Section 151 Officer advises that a council cannot fetter its future discretion, and that a binding policy would be open to challenge. |
| 4 | Two curatorial traineeships each year | Agreed in principle | The Council would very much like to offer traineeships. None can be offered until a source of funding has been found; an application will be made to the national funding body's next round. |
| 5 | Volunteers' charter | Agreed | A draft was discussed with the Friends' groups on 8 February and will come to Cabinet in June. |
| 6 | Pass responsibility to a charitable trust by April 2026 | Under consideration | Consultants have been appointed to prepare an options appraisal, of which a trust will be one. The appraisal will be reported to Cabinet in the autumn, when a decision will be taken. |
| 7 | Guaranteed grant for ten years | See 6 above | This falls to be considered only if Members decide in favour of a trust. |
| 8 | Free admission for residents to the Castle Museum | – | Residents receiving council tax support and all those under eighteen have been admitted free of charge since 2019. Income from admissions is budgeted at £412,000 for 2024/25 and the budget approved by Council on 22 February assumes that charges continue. |
| 9 | Press Government on value added tax | Noted | The Leader is a member of the relevant board of the national association of councils. |

## 3. Financial implications

The cost of the removal from Foundry Lane (£640,000) is included in the capital programme that Council accepted in February. No other cost falls in 2024/25.

## 4. Equality implications

Officers have rejected no option without considering its effect on those with protected characteristics.
""",
)

# --- 08: the body explains, a table at the end summarises ---

SOURCES["08-body-and-summary/report.pdf"] = (
    "Citizens' Ombudsman | Left in the cold",
    """
# Left in the cold: an investigation into delay in the Warm Homes Grant

## A special report by the Citizens' Ombudsman under section 10(4), laid on 3 February 2028

### 1. The complaints

Mrs K is eighty-one. Her boiler was condemned on 4 November 2025 and she applied for a Warm Homes Grant on the following day. The grant was approved on 11 August 2026. In between there was a winter, which she spent in one room. She is among two hundred and sixty people whose complaints against the Department for Homes and the contractor that it appointed, Brazier Fulfilment Ltd, we have looked into together.

We found maladministration in 214 of these cases. Delay was the commonest cause of injustice, but it was not the only one: letters went to the wrong address, appeals were logged as fresh applications, and in thirty-eight cases applicants were told, wrongly, that they had no right to complain to us.

### 2. The contractor

The Department let the contract on price. It was told by two unsuccessful bidders that the price could not be right. It had no way of knowing how many applications were waiting until Brazier told it, and Brazier's figures left out all those on which no file had been opened.

### 3. The Department

The Department says that it accepted every one of our findings in draft. It did, and we give it credit. It did not accept that it should have known sooner.

### 4. Recommendations

To put right the injustice and to stop it from happening again, we make the following recommendations.

**R1** The Permanent Secretary should apologise in writing to each of the 214 complainants within one month.

**R2** The Department should pay £500 to each complainant who was without heating for more than eight weeks between October and March, and £250 to the others.

**R3** The Department should identify all other applicants who suffered a like delay since April 2025 and offer them the same remedy.

**R4** Applications from households with a person over seventy-five, or a child under two, should be decided within ten working days.

**R5** The Department should publish monthly figures for applications received, decided and outstanding.

**R6** The contract with Brazier Fulfilment Ltd should be amended so that payment depends upon the time taken to decide.

**R7** The Department should take the administration of the scheme in house when the contract ends in 2029.

**R8** All letters of refusal should state clearly the right to complain, first to the Department and then to the Ombudsman.

**R9** The Treasury should permit unspent grant money to be carried forward at the end of each financial year.

**R10** The Department should report to the Committee on Public Administration on its compliance with this report after twelve months.
""",
)

SOURCES["08-body-and-summary/response.pdf"] = (
    "Department for Homes: response to the Citizens' Ombudsman's report Left in the cold",
    """
# Response to the Citizens' Ombudsman's special report: Left in the cold

## Department for Homes, 28 April 2028

### Foreword by the Secretary of State

When I took up this post I was shown the letter that Mrs K wrote to my predecessor in February 2026. It had not been answered. I have answered it now, and I have been to see her. People who had every right to expect warmth and a civil reply got neither, and that is a matter of the deepest regret to me and to the whole Department.

The Ombudsman's report is fair, and its recommendations are for the most part ones that we would have made ourselves. In the pages that follow we explain how each has been or will be carried out, and where we have come to a different view we say why. A summary table is at Annex A.

### Putting things right

The Permanent Secretary wrote to each of the 214 complainants between 10 and 24 February. Her letter apologised for what had happened to them and told them how their own case had gone wrong (R1).

The Ombudsman proposes two fixed sums (R2). The Department recognises that a payment can never make up for a winter without heating, but it can be a token that the wrong has been understood. Payments of £500 will be made by the end of June to the 131 complainants who fall into the first group. As to the remaining 83, most of whom were never without heating, the Department takes the view that the apology which they have received is a proportionate remedy, and no payment will be made.

It is less simple to find those who did not complain (R3). Brazier's records before September 2025 are incomplete and the cost of going through them by hand has been put at £1.9 million. We are working with the contractor to find out whether a sample would tell us how many applicants might be affected, and will decide on the way forward in the light of that work.

### Running the scheme better

Nobody would dispute that the oldest and the youngest should come first (R4). The Department's service standard, in force since last November, gives priority to households which include a person over seventy-five or a child under two, with a target of ten working days for a decision. In March it was met in 91 per cent of such cases.

Official statistics on the scheme are published each quarter and have been since 2024. We have looked at whether they could be more frequent (R5). Monthly figures would be subject to large revisions, and the Chief Statistician advises against. We will, though, add figures for applications outstanding to the quarterly release from July.

Changing a contract in its fourth year is seldom cheap. We have nonetheless reached agreement with Brazier on a variation, effective from 1 May, by which a fifth of its fee will depend on the time taken to decide applications (R6).

The Ombudsman would have us take the scheme in house (R7). There is much to be said for it. An assessment of the options for delivery after 2029, as the Government's guidance on sourcing requires, will begin this autumn, and we do not wish to anticipate its conclusions.

Every template letter has been redrafted. Those concerning refusals now say in the first paragraph how to complain, and to whom (R8).

### Money and accountability

Carrying forward money from one year to another is governed by the Treasury's budgeting rules (R9). We will come back to the committee within a year to report on what we have done (R10).

---

### Annex A: summary of the Department's response

| No. | Recommendation | Response | When |
| R1 | Written apology to each complainant within one month | Accept | Complete |
| R2 | Payments of £500 and £250 | Accept in part | June 2028 |
| R3 | Identify all others and offer the same remedy | Under review | Decision by December 2028 |
| R4 | Ten working days for households with older people and infants | Already in place | November 2027 |
| R5 | Monthly figures | Accept in part | July 2028 |
| R6 | Amend the contract so that payment depends upon time | Accept | 1 May 2028 |
| R7 | Take administration in house in 2029 | Under review | 2029 |
| R8 | Right to complain in letters of refusal | Accept | Complete |
| R9 | Carry forward of unspent grant money | For HM Treasury | – |
| R10 | Report to the Committee on Public Administration after twelve months | Accept | February 2029 |

### Annex B: numbers of applications

| Quarter | Received | Decided | Outstanding |
| Q1 2027 | 9,412 | 8,770 | 14,201 |
| Q2 2027 | 7,065 | 9,913 | 11,353 |
| Q3 2027 | 8,228 | 10,004 | 9,577 |
| Q4 2027 | 12,690 | 12,118 | 10,149 |
""",
)

# --- 11: first, second, third recommendation; a table that runs over pages and calls them 1, 2, 3 ---

SOURCES["11-long-table/report.pdf"] = (
    "Law Reform Board for Wales | Report No 19 | Homes afloat",
    """
# Homes afloat: residential moorings and the law

## Law Reform Board for Wales, Report No 19. Laid before Senedd Cymru on 9 May 2033

### Part One: Why the law should be changed

Some two thousand people in Wales live on boats. They pay council tax, send their children to school and vote. In law, however, the place where a boat is tied up is not a home. The occupier has a licence, which may be brought to an end at four weeks' notice for a reason or for none. The Mobile Homes (Wales) Act 2013 does not apply, since a boat is not a mobile home; nor do the Renting Homes Acts, since a mooring is not a dwelling.

In our consultation paper we put forward three models. The first would have treated moorings as pitches. It was rejected by most consultees, and we no longer favour it. The second would have relied on a voluntary code. Those who own marinas preferred it, and those who live in them did not. We have chosen the third, a free-standing statute.

### Part Two: Our recommendations

**First recommendation.** There should be a statute giving to those who occupy a residential mooring as their only or main home security of tenure, save upon proof of one or more of the grounds in Schedule 1 to our draft Bill.

**Second recommendation.** The owner of a residential mooring should be obliged to give to the occupier a written statement of the terms, in Welsh or English as the occupier may prefer.

**Third recommendation.** Fees for a mooring should be capable of being increased once in a year only, by no more than the rise in the consumer prices index.

**Fourth recommendation.** Disputes should be heard by the Residential Property Tribunal Wales in place of the county court.

**Fifth recommendation.** The commission that owners may take on the sale of a boat should be abolished.

**Sixth recommendation.** Local authorities should keep a register of residential moorings in their area and should inspect each of them at least once in every three years.

**Seventh recommendation.** The Boat Safety Scheme should be extended to all residential boats in Wales, tidal waters included.

**Eighth recommendation.** Occupiers should be exempted from the additional charge for waste that is levied by canal authorities.

**Ninth recommendation.** Planning Policy Wales should be revised so that the need for residential moorings is assessed together with the need for other homes.

**Tenth recommendation.** The Welsh Government should review the working of the new statute five years after it comes into force.

### Part Three: Draft Bill

The draft Residential Moorings (Wales) Bill is published separately.
""",
)

SOURCES["11-long-table/response.pdf"] = (
    "Llywodraeth Cymru / Welsh Government    Detailed response: Homes afloat",
    """
# Detailed response of the Welsh Government to the Law Reform Board's report: Homes afloat

## Laid under section 3C of the Law Reform Act by the Counsel General, 14 November 2033

The Law Reform Board for Wales published Report No 19 in May. Under the protocol between the Board and the Welsh Ministers an interim response was made in July, and a detailed response is to be made within six months. This is the detailed response. The Welsh Ministers are grateful to the Commissioners, and in particular to the late Dr Enid Probert, who led the project and whose commitment to those who live afloat was lifelong.

Our Programme for Government includes a promise to reform the law of housing so that everybody can have a decent and secure place to live. The Board's report is a significant contribution to that work.

In the table below the recommendations of the Board are abbreviated. The third column gives the conclusion to which the Welsh Ministers have come, and the fourth the reasons for it.

| No. | Recommendation | Conclusion | Reasons |
| 1 | There should be a statute giving to those who occupy a residential mooring as their only or main home security of tenure, save upon proof of one or more of the grounds in Schedule 1. | Accept in principle | The Welsh Ministers share the Board's view that it is wrong for a family to be liable to lose its home at four weeks' notice. There is more than one way in which security might be given. We should like to look further at whether an amendment of the Renting Homes Acts would be simpler than a free-standing statute, and whether the grounds in Schedule 1 strike a fair balance with the interests of small boatyards, some of which have three or four moorings only. Legislation will not be possible within the present Senedd. |
| 2 | Obligation on the owner to give a written statement of the terms in Welsh or English. | Accept | A written statement costs little and prevents much. The Welsh Ministers will publish a model statement in both languages by July 2034, and will make it obligatory at the first legislative opportunity. |
| 3 | Fees to be increased once in a year, by no more than the consumer prices index. | Accept in part | That there should be one review in a year is accepted. Evidence given to the interim response by owners of marinas showed that the costs of dredging may rise much faster than prices in general, and the Welsh Ministers do not accept that increases should in every case be held to the index. |
| 4 | Disputes to be heard by the Residential Property Tribunal Wales in place of the county court. | For consideration with the Tribunals Bill | The future of the devolved tribunals is the subject of a White Paper. The jurisdiction of the Property Chamber will be settled in the light of replies to it, and the Board's recommendation will be weighed among them. |
| 5 | Abolition of the commission on the sale of a boat. | Do not accept | The Board was divided on this question and so were its consultees. Income from commission is for many small yards the difference between profit and loss. Abolition without compensation might engage Article 1 of the First Protocol, and in the absence of evidence of widespread abuse the Welsh Ministers do not consider that it would be justified. |
| 6 | Local authorities to keep a register of residential moorings and to inspect each at least once in every three years. | Accept in part | A register would assist in planning for services and in an emergency. Regulations to require one will be made under existing powers. Inspection at fixed intervals would be a new burden upon environmental health teams that are already stretched, and we would leave its frequency to their judgment of risk. |
| 7 | Extension of the Boat Safety Scheme to all residential boats in Wales, tidal waters included. | Reserved | Safety of navigation and of vessels is reserved to the United Kingdom Parliament by Schedule 7A to the 2006 Act. The recommendation has been drawn to the attention of the Maritime Agency. |
| 8 | Exemption of occupiers from the additional charge for waste. | Note | The charge is made by canal authorities under their own byelaws. |
| 9 | Revision of Planning Policy Wales so that the need for residential moorings is assessed together with the need for other homes. | No further action required | Paragraph 4.2.29 of Planning Policy Wales (edition 14, March 2033), which was published after the Board's report had gone to print, says that assessments of housing need must include those who live, or would wish to live, on the water. |
| 10 | Review of the statute five years after it comes into force. | Accept | Should legislation be enacted, the Welsh Ministers will carry out a review after five years. |

### Conclusion

The Welsh Ministers accept that those who live afloat have waited a long time for the law to notice them. Nothing in this response should be read as rejecting the case that the Board has made.
""",
)

# --- 15: restated, then answered; a government and a regulator each in a document of its own ---

SOURCES["15-two-responders/report.docx"] = (
    "Markets Tribunal | Funeral plans market study | Final report",
    """
# Paying ahead: a study of the market in funeral plans

## Final report of the Markets Tribunal, 6 October 2027

### Summary

One in seven people over sixty has paid in advance for a funeral. They pay between £2,400 and £6,900, for services that they will by definition never be able to judge. In such a market competition cannot be left to look after itself. Since 2022 providers of plans have been authorised by the Financial Standards Board ("the Board"). That has driven out the worst. It has not brought down prices, nor has it made it possible to compare them.

The Tribunal has no power to make orders in this study. What follows are recommendations to the Government and to the Board, which are obliged to reply to us within ninety days.

### Our recommendations

**Recommendation 1 (to the Government and the Board).** There should be a standard statement of what a plan does and does not cover, on one page, with the same headings for every provider.

**Recommendation 2 (to the Government).** Fees charged by crematoria that are owned by local authorities should be published in a form that can be compared.

**Recommendation 3 (to the Government).** The Government should legislate so that a plan may be cancelled without charge at any time in the first two years.

**Recommendation 4 (to the Board).** The Board should cap the fee for administration at £150.

**Recommendation 5 (to the Board).** The Board should ban payments by providers to care homes for introducing residents.

**Recommendation 6 (to the Government and the Board).** Plans sold before 2022 by providers that have since failed should be brought within the compensation scheme.

**Recommendation 7 (to the Board).** Each year the Board should publish the number of plans redeemed and the number of complaints upheld, provider by provider.

**Recommendation 8 (to the Government).** The Government should consider whether undertakers ought to be inspected by a public body.
""",
)

SOURCES["15-two-responders/response.docx"] = (
    "HM Government – Response to the Markets Tribunal",
    """
# Paying ahead: the Government's response to the Markets Tribunal's market study of funeral plans

## 22 December 2027

### General remarks

The Government welcomes the Tribunal's report. Most people will arrange a funeral only once or twice in their lives, and they do it in grief. We are committed to a market which treats them fairly. The Tribunal's recommendations are repeated below, and our response follows each of them. Four recommendations are addressed wholly or in part to the Financial Standards Board, an independent regulator, which publishes its own response today.

### Recommendation 1

There should be a standard statement of what a plan does and does not cover, on one page, with the same headings for every provider.

The Government supports this recommendation. The form of the statement is for the Board to settle by way of its rules, and we look forward to its proposals.

### Recommendation 2

Fees charged by crematoria that are owned by local authorities should be published in a form that can be compared.

Crematoria have been required since 2021, by an order of the Tribunal's predecessor, to show their fees in a prescribed format on their premises and online. Local authorities are also bound by the transparency code, which was refreshed in June. We believe that existing measures achieve what the recommendation is after.

### Recommendation 3

The Government should legislate so that a plan may be cancelled without charge at any time in the first two years.

The law gives a right to cancel within thirty days. The Tribunal would make it two years. Providers have told us that they would have to hold much more in cash, and that prices would go up for everyone. We are minded to go part of the way. Regulations to be made in 2028 will extend the period to six months, but we do not believe that a period of two years can be justified.

### Recommendations 4 and 5

These are addressed to the Board and we make no comment on them.

### Recommendation 6

Plans sold before 2022 by providers that have since failed should be brought within the compensation scheme.

The Government has every sympathy with those who lost their savings when Evermore Plans and others collapsed. To extend the scheme to losses that arose before the activity was regulated would be unfair to the firms which pay for it, and would be a precedent without limit. Successive Governments have declined to take that step and this Government is of the same mind.

### Recommendation 7

See the Board's response.

### Recommendation 8

The Government should consider whether undertakers ought to be inspected by a public body.

The Government agrees. In the light of the events at Pellow & Sons, the Ministry of Justice will consider the case for inspection and for licensing, and will report by the end of 2028.
""",
)

SOURCES["15-two-responders/response-2.docx"] = (
    "Financial Standards Board    FS27/18",
    """
# FS27/18: Response to the Markets Tribunal on funeral plans

## December 2027

### 1 Introduction

1.1 We have regulated funeral plans since July 2022. When we took them on there were sixty-six providers; forty had either not applied for authorisation or had had their application rejected by the end of that year.

1.2 The Markets Tribunal's final report makes five recommendations to us. In this statement we set out each of them and then what we intend to do.

### 2 Our response

2.1 **The Tribunal recommended:** There should be a standard statement of what a plan does and does not cover, on one page, with the same headings for every provider.

2.2 We agree. Consumers tell us that they cannot make sense of the documents that they are given. We will consult on a template in the second quarter of 2028 and expect to make rules before the end of that year.

2.3 **The Tribunal recommended:** The Board should cap the fee for administration at £150.

2.4 We have looked hard at this. We will cap these fees. On our own analysis, though, £150 would be below what it costs an efficient provider to set up a plan, and we propose to consult on a figure of between £190 and £240.

2.5 **The Tribunal recommended:** The Board should ban payments by providers to care homes for introducing residents.

2.6 Our rules have forbidden commission of any kind to intermediaries since 29 July 2022, and a care home which introduces a resident to a provider is an intermediary for that purpose. We have found no evidence that the rule is being broken.

2.7 **The Tribunal recommended:** Plans sold before 2022 by providers that have since failed should be brought within the compensation scheme.

2.8 The scope of the scheme is laid down by statute and we have no power to enlarge it. It is a question for the Treasury.

2.9 **The Tribunal recommended:** Each year the Board should publish the number of plans redeemed and the number of complaints upheld, provider by provider.

2.10 We are attracted by the idea of publishing more data and can see that it would help people to choose. Before coming to a view we need to understand whether the figures for the smallest providers would be meaningful. We will say more in our business plan next April.

### 3 Next steps

3.1 Firms should accept that further change is on its way and should prepare for it.
""",
)

# --- end of sources ---

if __name__ == "__main__":
    for name, (header, source) in SOURCES.items():
        if len(sys.argv) > 1 and name[:2] not in sys.argv[1:]:
            continue
        path = HERE / name
        path.parent.mkdir(exist_ok=True)
        (make_docx if path.suffix == ".docx" else make_pdf)(path, header, source)
        print(name)
