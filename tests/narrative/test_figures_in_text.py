"""Figures in the text beside the tables: what is told and in which words, and where nothing may be told."""

from __future__ import annotations

from random import Random
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xxgk.checks import check
from xxgk.checks.finding import WARNING
from xxgk.checks.narrative import check_narrative
from xxgk.checks.subject import subject_of
from xxgk.figures import known_values
from xxgk.narrative import PROPOSED
from xxgk.narrative.claim_reader import claims_in
from xxgk.narrative.claim_tokens import Scanner
from xxgk.narrative.claim_words import words_for
from xxgk.narrative.draft import propose, read_plans
from xxgk.narrative.numerals import write_number
from xxgk.narrative.resolve import resolve
from xxgk.records import replace
from xxgk.report import Figure, Number, Paragraph, Report

from support.narratives import sound_reports, sound_texts
from support.reports import FORM, OLD_FORM, report_of, sound_values, with_figure, zero_report
from support.sentences import FILES, report, sentences, told
from support.sizes import FULL

LARGE, NONE, SMALL = report("large"), report("none"), report("small")

MESSAGES = [
    ("收到申请216件。", "N101", "正文说“收到申请216件”，表三本年新收是126件，本年新收加上年结转是132件，都不相等。"),
    ("不予公开申请17件。", "N101", "正文说“不予公开申请17件”，表三不予公开是18件，不相等。"),
    (
        "无法提供21件。",
        "N101",
        "正文说“无法提供21件”，表三无法提供是27件，不相等；21是表三本机关不掌握相关政府信息的数。",
    ),
    ("办结申请102件。", "N101", "；102是表三办结总数（自然人）的数。"),
    ("自然人申请110件。", "N101", "正文说“自然人申请110件”，表三本年新收（自然人）是101件，"),
    ("行政复议7件，其中纠正2件。", "N101", "正文说“纠正2件”，表四行政复议（结果纠正）是1件，不相等。"),
    ("行政诉讼3件。", "N101", "正文说“行政诉讼3件”，表四行政诉讼是5件，不相等。"),
    ("行政事业性收费125万元。", "N101", "表二行政事业性收费是12.5万元，不相等。"),
    ("收取信息处理费480元。", "N101", "正文说“收取信息处理费480元”，第六部分的信息处理费是380元，不相等。"),
    ("未收到政府信息公开申请。", "N102", "正文说“未收到政府信息公开申请”，表三本年新收是126件。"),
    ("依申请公开数量为零。", "N102", "正文说“依申请公开数量为零”，"),
    ("予以公开58件，占办结总数的55.3%。", "N103", "正文说“占办结总数的55.3%”，表三办结总数是128件，58件占45.3%；"),
    ("新收申请126件，同比增长50%。", "N104", "正文说“同比增长50%”，表三本年新收由上年的90件变为126件，增长40.0%。"),
    ("新收申请126件，比上年减少36件。", "N104", "表三本年新收由上年的90件变为126件，增加36件。"),
    ("2022年新收申请95件。", "N104", "正文说“2022年新收申请95件”，上年报告的表三本年新收是90件，不相等。"),
    ("行政复议7件，均维持。", "N105", "正文说“均维持”，表四行政复议是7件，其中结果维持3件。"),
    (
        "收到申请126件，较上年有所减少。",
        "N104",
        "正文说“较上年有所减少”，表三本年新收由上年的90件变为126件，增加36件。",
    ),
    ("新收申请由上年的90件降至126件。", "N104", "正文说“降至126件”，表三本年新收由上年的90件变为126件，增加36件。"),
    ("行政许可1254件，与上年持平。", "N104", "表二行政许可由上年的1140件变为1254件，增加114件。"),
    ("新收申请126件，与上年基本持平。", "N104", "表三本年新收由上年的90件变为126件，增加36件。"),
    ("上年结转6件，新收126件，办结128件，办结率87%。", "N103", "本年新收加上年结转是132件，128件占97.0%。"),
    ("申请人中，自然人占比90.2%。", "N103", "正文说“自然人占比90.2%”，表三本年新收是126件，101件占80.2%；"),
    ("行政诉讼5件，全部审结。", "N105", "正文说“全部审结”，表四行政诉讼（尚未审结）是1件。"),
]

# Sound, or about something that the tables do not hold, or not sure enough. Each stands alone, with the tables LARGE.
SILENT = [
    "2022年在政府网站主动公开规章13件（含新制定5件，修改4件，废止4件），公开行政规范性文件42件。",
    "共办理12345热线47件，已全部办结，回复率和满意率均达100%。",
    "全年未收到行政许可申请，未发生逾期答复的情况。",
    "清理规范性文件45件，继续有效30件，废止5件，修改10件。",
    "收到248条网民留言，办结230条，公开答复4条。",
    "办理因2022年度政府信息公开申请引发行政复议1件、引发行政诉讼2件，均维持结果。",
    "主动公开信息734条，依申请公开信息12条，不予公开信息27条。",
    "推进依法行政。全年收到行政复议申请560件，受理531件，审结498件；行政诉讼案件32件，出庭应诉率100%。",
    "对3件申请延长了答复期限，对2件申请征求了第三方意见。",
    "收到申请126件，网站访问量稳步上升，同比增长20%。",
    "截至2023年底，累计收到政府信息公开申请1023件。",
    "近三年共收到申请291件，2021年收到75件。",
    "上半年收到申请61件，12月份收到15件，第三季度收到40件。",
    "收到申请约130件，办结近130件，咨询100多件。",
    "各乡镇收到申请85件，局属单位收到申请41件，街道收到申请3件。",
    "在住建领域，共收到申请45件；土地征收方面的，收到30件。",
    "对未办结的申请，逐件跟踪；对未予以公开的，说明理由。",
    "新增依申请公开办理流程3项，政府信息公开申请平均办理时长12个工作日。",
    "行政许可事项120项，行政处罚事项86项，公示行政许可1100件。",
    "办结率同比提高3%，占比同比提高5个百分点，公开率52%。",
    "行政诉讼5件，占41.7%；行政复议7件，占58.3%。",
    "不予公开18件。其中国家秘密1件，占5.6%。",
    "部分公开9件，其中第三方合法权益7件、国家秘密2件。",
    "不予公开、无法提供等50件。",
    "高效办成一件事，收到一件、办结一件。",
    "2023年度办理的128件申请中，结转上年度6件，本年度新收122件。",
    "承办人大建议12件、政协提案9件，办结21件，其中予以公开15件。",
    "热线受理诉求1860件，其中自然人1500件，商业企业360件。",
    "申请内容主要涉及征地拆迁45件、城乡规划30件，分别占36%、24%。",
    "我局作为被告的行政诉讼案件23件，其中涉及信息公开5件。",
    "无正当理由不予公开的，依法追究责任；未经批准，任何科室不得公开。",
    "全年无因政府信息公开工作被追究责任的情形，没有应公开未公开的信息。",
    "行政处罚立案90件，结案86件，罚没款12.5万元，免予处罚3件。",
    "收到申请126件，比2021年增长68%，依申请公开数量居全县第3位。",
    "由2022年的90件增加到126件。",
    "依据《政府信息公开条例》第三十六条和国办公开办函〔2021〕30号编制，联系电话0792-8251406。",
    "减免行政事业性收费30万元，减少证明事项5件。",
    "（二）依申请公开。（三）行政复议、行政诉讼。",
    "未来，我局将规范办理政府信息公开申请。",
    "{{ 本年新收 }}件，{{ 没有这个名称 }}件。",
]

# A wrong number in the middle of ordinary prose.
IN_PROSE = [
    (
        "（二）依申请公开。完善工作机制，畅通申请渠道。2023年，共收到政府信息公开申请136件，均在法定期限内答复。",
        "136件",
    ),
    ("二是规范办理。我局认真做好受理、审核等环节工作，全年共受理依申请公开162件，同比增长40%。", "162件"),
    ("县住建局收到政府信息公开申请共计126件，其中：自然人申请111件，法人或其他组织申请25件。", "111件"),
    ("依申请公开工作稳步推进，一是规范流程。全年未发生因政府信息公开引起的行政诉讼案件。", "未发生"),
    ("加强规范性文件管理，全年新制定规范性文件4件，废止规范性文件3件，已在网站集中公开。", "规范性文件3件"),
    ("共发出收费通知2件，应收取信息处理费480元，实际收取信息处理费400元。", "400元"),
    ("制发4份规范性文件，办理1245件行政许可。", "1245件行政许可"),
    ("行政许可、行政处罚、行政强制分别为1254件、68件、3件。", "行政许可、行政处罚、行政强制"),
    ("因政府信息公开引起行政复议7件，纠错率为零，全部维持。", "全部维持"),
]


@pytest.mark.parametrize(("text", "code", "message"), MESSAGES)
def test_the_words_of_a_finding(text: str, code: str, message: str) -> None:
    (finding,) = told(text, LARGE)
    assert finding.code == code
    assert message in finding.message
    assert finding.severity == WARNING
    assert finding.address == "narrative.overview[0]"
    assert finding.cell


@pytest.mark.parametrize("text", SILENT)
def test_nothing_is_told_in_doubt(text: str) -> None:
    assert [finding.message for finding in told(text, LARGE)] == []


@pytest.mark.parametrize(("text", "words"), IN_PROSE)
def test_one_wrong_number_in_prose_is_told(text: str, words: str) -> None:
    (finding,) = told(text, LARGE)
    assert words in finding.message.partition("，表")[0]


def test_a_finding_has_the_numbers_where_one_reading_was_tried() -> None:
    (one,), (several,) = told("不予公开申请17件。", LARGE), told("收到申请216件。", LARGE)
    assert (one.value, one.expected, one.difference) == (17, 18, -1)
    assert (several.value, several.expected, several.difference) == (216, None, None)


def test_every_paragraph_and_every_line_is_read() -> None:
    saying = replace(LARGE, narrative={"problems": (Paragraph("好。"), Paragraph("第一行\n收到申请 ２１６ 件。"))})
    (finding,) = check_narrative(subject_of(saying, FORM))
    assert finding.address == "narrative.problems[1]"


def test_what_a_wrong_number_leads_to_is_not_told_again() -> None:
    codes = [finding.code for finding in told("新收申请136件，同比增长51.1%。予以公开85件，占66.4%。", LARGE)]
    assert codes == ["N101", "N101"]


@pytest.mark.parametrize("text", ["收到申请216件。", "法律服务机构没有提出申请。", "新收申请126件，同比增长50%。"])
def test_a_blank_cell_leaves_the_claim_unjudged(text: str) -> None:
    assert told(text, LARGE)
    assert told(text, with_figure(LARGE, "applications.new.legal", None)) == []


@pytest.mark.parametrize("text", ["收到申请100件。", "未收到申请。"])
def test_what_is_known_of_a_sum_is_the_least_that_it_is(text: str) -> None:
    (finding,) = told(text, with_figure(LARGE, "applications.new.legal", None))
    assert "表三本年新收至少是123件" in finding.message
    assert finding.expected is None


def test_without_the_year_or_the_figures_nothing_is_judged() -> None:
    assert told("收到申请216件。", replace(LARGE, year=None)) == []
    assert told("收到申请216件。", replace(LARGE, figures={})) == []


def test_without_the_right_year_before_nothing_is_compared() -> None:
    text = "新收申请126件，同比增长50%。"
    assert LARGE.previous is not None
    assert told(text, LARGE)
    assert told(text, replace(LARGE, previous=None)) == []
    assert told(text, replace(LARGE, previous=replace(LARGE.previous, year=2020))) == []


def test_a_stated_total_is_as_good_as_the_sum() -> None:
    stated = with_figure(LARGE, "disputes.review.total", 70)
    assert told("行政复议70件。", stated) == told("行政复议7件。", stated) == []
    (finding,) = told("行政复议17件。", stated)
    assert "表四行政复议是7件（总计格写的是70件）" in finding.message


def test_the_unit_may_call_itself_by_its_name_or_shorter() -> None:
    for name in ("青石县住房和城乡建设局", "县住建局", "住建局", "我局"):
        assert told(f"2023年{name}共收到申请216件。", LARGE), name
    for name in ("县教育局", "住建", "县住建局各科室"):
        assert not told(f"2023年{name}共收到申请216件。", LARGE), name


@pytest.mark.parametrize(("level", "told_of"), [("county", 1), ("county_department", 0), ("township", 0), ("city", 0)])
def test_only_a_government_speaks_of_all_below_it(level: str, told_of: int) -> None:
    assert len(told("全县共收到政府信息公开申请1260件。", replace(LARGE, level=level))) == told_of


def test_what_claims_nothing_is_passed_over_without_any_change() -> None:
    words = words_for(2023)
    names = ("青石县住房和城乡建设局",)
    quick, slow = Scanner(words, names, "county"), Scanner(replace(words, claiming=("",)), names, "county")
    texts = [one.text for file in FILES for one in sentences(file)]
    prose = [
        one.text for made in (*sound_texts(), *sound_reports()) for part in made.narrative.values() for one in part
    ]
    random = Random(1)
    mixed = ["".join(random.sample(texts + prose, 3)) for _ in range(200)]
    for text in (*texts, *prose, *mixed):
        assert list(claims_in(text, quick)) == list(claims_in(text, slow)), text


def test_the_form_of_2019_has_its_own_figures() -> None:
    old = replace(zero_report(OLD_FORM), year=2020, narrative={"overview": (Paragraph("制定规范性文件4件。"),)})
    (finding,) = check_narrative(subject_of(old, OLD_FORM))
    assert finding.code == "N101"
    silent = replace(old, narrative={"overview": (Paragraph("废止规范性文件4件，行政事业性收费12万元。"),)})
    assert list(check_narrative(subject_of(silent, OLD_FORM))) == []


def test_the_check_of_a_report_tells_it() -> None:
    found = check(replace(LARGE, narrative={"overview": (Paragraph("收到申请216件。"),)}), FORM)
    assert "N101" in {finding.code for finding in found}


@pytest.mark.parametrize("digits", [1, 5, 20, 35])
def test_any_number_of_decimals_can_be_told(digits: int) -> None:
    codes = [
        finding.code for finding in told(f"予以公开58件，占55.{'3' * digits}%，同比增长1.{'2' * digits}%。", LARGE)
    ]
    assert codes == ["N103", "N104"]
    for finding in told(f"收到申请{'9' * digits}件，收取信息处理费{'9' * digits}.{'5' * digits}万元。", LARGE):
        assert finding.code == "N101"


@pytest.mark.parametrize(
    "unit", ["的，", "一是", "未收到申请", "收到申请1件，占5%。", "126件，", "无", "行政复议、", "（"]
)
def test_absurd_text_takes_no_time(unit: str) -> None:
    start = process_time()
    assert len(told(unit * (30_000 // len(unit)), LARGE)) <= 2
    assert process_time() - start < 1


@given(
    st.text(
        alphabet="收到办结申请件，。、；：（）“”0126一二十百其中占%年上均未无行政复议同比增长较的\n 　", max_size=60
    )
)
def test_any_text_can_be_read(text: str) -> None:
    told(text, LARGE)


# ------------------------------------------------------------------ a fault planted in a sound report

# Customary sentences, each with the rows (and columns) that its numbers are.
TEMPLATES = [
    ("全年共收到政府信息公开申请{}件，上年结转{}件。", "applications.new.total applications.carried_in.total"),
    ("办结政府信息公开申请{}件，结转下年度{}件。", "applications.processed.total applications.carried_out.total"),
    ("政府信息公开申请中，部分公开{}件。", "applications.partial.total"),
    ("新收自然人申请{}件、商业企业申请{}件。", "applications.new.person applications.new.business"),
    ("因政府信息公开引发行政复议{}件，其中维持{}件。", "disputes.review.total disputes.review.upheld"),
    ("政府信息公开行政诉讼{}件。", "disputes.suit_direct.total+disputes.suit_after_review.total"),
    ("制发行政规范性文件{}件，废止{}件。", "disclosure.normative.made disclosure.normative.repealed"),
    ("现行有效行政规范性文件{}件。", "disclosure.normative.in_force"),
    ("全年作出行政许可决定{}件、行政处罚决定{}件。", "disclosure.licences.decisions disclosure.penalties.decisions"),
]


def _written(random: Random, value: Number) -> str:
    wide = str(value).translate({48 + n: 0xFF10 + n for n in range(10)})
    return random.choice((str(value), f"{value:,}", wide, write_number(value)))


def _texts(random: Random, sums: dict[str, Number], planted: tuple[int, int] | None) -> list[str]:
    texts = []
    for index, (template, places) in enumerate(TEMPLATES):
        numbers = []
        for place, addresses in enumerate(places.split()):
            value = sum(sums[address] for address in addresses.split("+"))
            if (index, place) == planted:
                value += random.choice((7, 100_000_003))
            numbers.append(_written(random, value))
        texts.append(template.format(*numbers))
    return texts


def _saying(base: Report, texts: list[str]) -> Report:
    return replace(base, narrative={"overview": tuple(Paragraph(text) for text in texts)})


def test_a_planted_number_is_found_where_it_stands() -> None:
    for seed in range(1_000 if FULL else 30):
        random = Random(seed)
        values = sound_values(random)
        base = report_of(values)
        sums = known_values(FORM, {address: Figure(value) for address, value in values.items()})
        sound = _saying(base, _texts(random, sums, None))
        assert [finding.message for finding in check_narrative(subject_of(sound, FORM))] == [], seed
        index = random.randrange(len(TEMPLATES))
        planted = index, random.randrange(len(TEMPLATES[index][1].split()))
        faulty = _saying(base, _texts(random, sums, planted))
        found = list(check_narrative(subject_of(faulty, FORM)))
        assert found, (seed, planted)
        assert {finding.address for finding in found} == {f"narrative.overview[{index}]"}, seed


def test_the_tables_speak_for_themselves() -> None:
    assert told("全年未收到政府信息公开申请，未发生行政复议、行政诉讼。", NONE) == []
    assert told("行政复议2件、行政诉讼1件，均获维持，零败诉。", SMALL) == []


@pytest.mark.parametrize("seed", range(12))
def test_what_draft_proposes_agrees_with_the_tables(seed: int) -> None:
    random = Random(seed)
    values = sound_values(random)
    base = replace(report_of(values, sound_values(random)), narrative={}, level=random.choice(FORM.levels).id)
    proposed = propose(base, FORM, read_plans())
    texts = {part: tuple(Paragraph(one.text.removeprefix(PROPOSED)) for one in text) for part, text in proposed.items()}
    drafted = resolve(replace(base, narrative=texts), FORM)
    assert "办结" in str(drafted.narrative)
    assert [finding.message for finding in check_narrative(subject_of(drafted, FORM))] == []
