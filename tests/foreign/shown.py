"""What a cell says beside its number: value, number format, and the text that a person would type from the screen.

Written down before any reader saw them. Money whose currency the format names is that currency's code and the amount; a bare `$` names
none. A number that the format rounds is kept whole: what the file knows is not thrown away because a column is narrow.
"""

SHOWN: list[tuple[float, str, str]] = [
    # a currency, stated
    (100, "[$USD] #,##0.00", "USD 100.00"),
    (50, "[$NZD] #,##0.00", "NZD 50.00"),
    (1234.5, "#,##0.00 [$EUR]", "EUR 1234.50"),
    (5, "[$€-407] #,##0.00", "EUR 5.00"),
    (5, "#,##0.00 [$€-407]", "EUR 5.00"),
    (7, "[$£-809]#,##0", "GBP 7"),
    (-3, "[$NZD]\\ #,##0.00;[Red]\\-[$NZD]\\ #,##0.00", "NZD -3.00"),
    (20, "[$$-C09]#,##0.00", "AUD 20.00"),
    (20, "[$$-1409]#,##0.00", "NZD 20.00"),
    (8, '_-[$€-2]\\ * #,##0.00_-;\\-[$€-2]\\ * #,##0.00_-;_-[$€-2]\\ * "-"??_-;_-@_-', "EUR 8.00"),
    (8, '"€"#,##0.00', "EUR 8.00"),
    (8, '"US$"#,##0.00', "USD 8.00"),
    (8, '"NZ$"#,##0.00', "NZD 8.00"),
    (8, '"AUD "0.00', "AUD 8.00"),
    (8.456, "[$USD] 0.00", "USD 8.456"),
    # a sign that every country's dollar has
    (20, "$#,##0.00", "20"),
    (20, '"$"#,##0.00', "20"),
    (20, '_-"$"* #,##0.00_-;\\-"$"* #,##0.00_-;_-"$"* "-"??_-;_-@_-', "20"),
    (20.5, "[$$-409]#,##0.00", "20.5"),
    # shares
    (0.8, "0%", "80%"),
    (0.125, "0.00%", "12.5%"),
    (1, "0%", "100%"),
    (0.3333, "0%", "33.33%"),
    (80, '0"%"', "80%"),
    (80, "0\\%", "80%"),
    # noughts, groups, literal words
    (123, "00000", "00123"),
    (12345, "000000000", "000012345"),
    (11, "000", "011"),
    (1234, "000", "1234"),
    (-5, "000", "-005"),
    (412345678, "0000 000 000", "0412 345 678"),
    (412345678, "0000\\ 000\\ 000", "0412 345 678"),
    (298765432, "(00) 0000 0000", "(02) 9876 5432"),
    (12345, "000-000", "012-345"),
    (12, '"P"00000', "P00012"),
    (12, "\\P0000", "P0012"),
    (77, '"INV-"0000', "INV-0077"),
    (412345678, '"+61 "000000000', "+61 412345678"),
    (30, '#,##0" min"', "30 min"),
    (30, 'General" min"', "30 min"),
    # words for numbers
    (1, '"Yes";"Yes";"No"', "Yes"),
    (0, '"Yes";"Yes";"No"', "No"),
    (1, '[=1]"Male";[=2]"Female";0', "Male"),
    (2, '[=1]"Male";[=2]"Female";0', "Female"),
    (3, '[=1]"Male";[=2]"Female";0', "3"),
    # nothing that changes what is meant
    (12.5, "0.00", "12.5"),
    (1234567, "#,##0", "1234567"),
    (-4, "#,##0;(#,##0)", "-4"),
    (-4, "#,##0.00_);[Red](#,##0.00)", "-4"),
    (12.7, "0", "12.7"),
    (0, "0;-0;;@", "0"),
    (5, ";;;", "5"),
    (0.5, "# ?/?", "0.5"),
    (1.5e10, "0.00E+00", "15000000000"),
    (1500, '[>=1000]#,##0,"k";0', "1500"),
    (46267, "dd/mm/yyyy", "2026-09-02"),
    (46267, "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "2026-09-02"),
    (46267.5, "d/m/yyyy h:mm", "2026-09-02 12:00:00"),
    (0.375, "h:mm AM/PM", "09:00"),
    (5, "General", "5"),
    (5, "@", "5"),
]

OPEN: list[tuple[str, str]] = [
    # an OpenDocument cell as it stands in the file → its text
    ('office:value-type="float" office:value="123"><text:p>00123</text:p>', "00123"),
    ('office:value-type="float" office:value="12345"><text:p>000012345</text:p>', "000012345"),
    ('office:value-type="float" office:value="412345678"><text:p>0412 345 678</text:p>', "0412 345 678"),
    ('office:value-type="float" office:value="12"><text:p>P00012</text:p>', "P00012"),
    ('office:value-type="float" office:value="1234.5"><text:p>1,234.50</text:p>', "1234.5"),
    ('office:value-type="float" office:value="12.7"><text:p>13</text:p>', "12.7"),
    ('office:value-type="percentage" office:value="0.8"><text:p>80%</text:p>', "80%"),
    ('office:value-type="percentage" office:value="0.125"><text:p>13%</text:p>', "12.5%"),
    ('office:value-type="currency" office:value="45.5" office:currency="NZD"><text:p>NZ$45.50</text:p>', "NZD 45.50"),
    ('office:value-type="currency" office:value="-3" office:currency="NZD"><text:p>-NZ$3.00</text:p>', "NZD -3.00"),
    ('office:value-type="currency" office:value="5"><text:p>$5.00</text:p>', "5"),
    ('office:value-type="date" office:date-value="2026-03-05"><text:p>05/03/26</text:p>', "2026-03-05"),
    ('office:value-type="date" office:date-value="2026-03-05T14:30:00"><text:p>05/03/26 14:30</text:p>', "2026-03-05 14:30:00"),
    ('office:value-type="time" office:time-value="PT09H05M00S"><text:p>9:05</text:p>', "09:05"),
    ('office:value-type="boolean" office:boolean-value="true"><text:p>TRUE</text:p>', "TRUE"),
    ('office:value-type="string"><text:p>one</text:p><text:p>two</text:p>', "one\ntwo"),
    ('office:value-type="string"><text:p>a<text:s text:c="2"/>b<text:span>c</text:span></text:p>', "a  bc"),
]

BESIDE: dict[str, tuple[list[list[object]], dict[str, int] | None]] = {
    # a sheet → rows of each table by its first header; None: one table, and whoever reads it is told that it may be two
    "patients and invoices": (
        [
            ["Patient ID", "First Name", "Last Name", None, "Invoice No", "Patient ID", "Total"],
            [1, "Ann", "Lee", None, "I1", 1, 50],
            [2, "Bob", "Ng", None, "I2", 2, 60],
            [3, "Cy", "Oz", None, "I3", 1, 70],
            [None, None, None, None, "I4", 3, 80],
            [None, None, None, None, "I5", 3, 90],
        ],
        {"Patient ID": 3, "Invoice No": 5},
    ),
    "the first is longer": (
        [
            ["Patient ID", "First Name", None, "Code", "Fee"],
            *[[number, f"Ann {number}", None, *([f"0{number}", 5] if number < 3 else [])] for number in range(1, 8)],
        ],
        {"Patient ID": 7, "Code": 2},
    ),
    "three": (
        [
            ["Patient ID", "Name", None, "Code", "Description", None, None, "Provider ID", "Provider"],
            [1, "Ann", None, "011", "Exam", None, None, 7, "Lee"],
            [2, "Bob", None, "114", "Scale", None, None, 8, "Kay"],
            [3, "Cy", None, "521", "Filling"],
            [4, "Di"],
        ],
        {"Patient ID": 4, "Code": 3, "Provider ID": 2},
    ),
    "one header in both": (
        [
            ["Patient ID", "Name", None, "Patient ID", "Balance"],
            [1, "Ann", None, 2, 5],
            [2, "Bob", None, 4, 6],
        ],
        {"Patient ID": 2, "Patient ID ": 2},
    ),
    "the second begins lower": (
        [
            ["Patient ID", "Name", "Mobile"],
            [1, "Ann", "0412"],
            [2, "Bob", "0413", None, "Code", "Fee", "Item"],
            [3, "Cy", "0414", None, "011", 5, "Exam"],
            [4, "Di", "0415", None, "114", 6, "Scale"],
        ],
        {"Patient ID": 4, "Code": 2},
    ),
    "a title above each": (
        [
            ["Patients", None, None, "Fees"],
            [],
            ["Patient ID", "Name", None, "Code", "Fee"],
            [1, "Ann", None, "011", 5],
            [2, "Bob", None, "114", 6],
            [3, "Cy"],
        ],
        {"Patient ID": 3, "Code": 2},
    ),
    "a spacer in one table": (
        [
            ["Patient ID", "Name", None, "Mobile"],
            [1, "Ann", None, "0412"],
            [2, "Bob", None, "0413"],
        ],
        {"Patient ID": 2},
    ),
    "a report spaced throughout": (
        [
            ["Date", None, "Patient", None, "Item", None, "Fee"],
            ["1/3/2026", None, "Ann", None, "011", None, 5],
            ["2/3/2026", None, "Bob", None, "114", None, 6],
            ["2/3/2026", None, "Cy", None, None, None, 6],
        ],
        {"Date": 3},
    ),
    "an empty column that has a name": (
        [
            ["Patient ID", "Name", "Middle", "Mobile", "Email"],
            [1, "Ann", None, "0412", "a@b.com"],
            [2, "Bob", None, "0413", None],
            [3, "Cy", None, None, None],
        ],
        {"Patient ID": 3},
    ),
    "as long as each other": (
        [
            ["Patient ID", "First Name", None, "Code", "Fee"],
            [1, "Ann", None, "011", 50],
            [2, "Bob", None, "012", 60],
        ],
        None,
    ),
}
