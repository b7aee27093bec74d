//! medicine-dose-in-text.

use super::*;

const DOSE: Rule = Rule::MedicineDoseInText;

#[test]
fn a_dose_is_found_with_its_number_and_unit() {
    assert_eq!(
        findings(&[DOSE], "en", &[(ProseKind::Item, "Take 500 mg at night.")]),
        [
            "[medicine-dose-in-text] 500 mg | `500 mg` is a dose of a medicine | leave it out, and send readers to the \
          label, their pharmacist or their prescriber"
        ]
    );
}

#[test]
fn doses_are_found_in_every_form() {
    finds(
        DOSE,
        &[
            ("Take 5 mg.", &["5 mg"]),
            ("Take 5mg.", &["5mg"]),
            ("Take 5\u{a0}mg.", &["5\u{a0}mg"]),
            ("A 5-mg tablet.", &["5-mg"]),
            ("Take 5–10 mg.", &["5–10 mg"]),
            ("Take 5-10mg.", &["5-10mg"]),
            ("Take 5 to 10 mg.", &["5 to 10 mg"]),
            ("Take 0.5 mg.", &["0.5 mg"]),
            ("Take 1,000 mg.", &["1,000 mg"]),
            ("Take 50 mcg, 50 µg or 50 μg.", &["50 mcg", "50 µg", "50 μg"]),
            ("Take 50 micrograms.", &["50 micrograms"]),
            ("Take 10 MG.", &["10 MG"]),
            ("Take 2 x 500 mg.", &["2 x 500 mg"]),
            ("Take 2 × 500 mg.", &["2 × 500 mg"]),
            ("Take 5 ml of the syrup.", &["5 ml"]),
            ("Take 400 IU.", &["400 IU"]),
            ("Take two tablets.", &["two tablets"]),
            ("Take one or two tablets.", &["one or two tablets"]),
            ("Take 1-2 tablets.", &["1-2 tablets"]),
            ("Take 1/2 tablet or ½ tablet.", &["1/2 tablet", "½ tablet"]),
            ("Take half a tablet.", &["half a tablet"]),
            ("Take two tablets with water, after a cup of tea.", &["two tablets"]),
            ("Take two small capsules.", &["two small capsules"]),
            ("Take two paracetamol tablets.", &["two paracetamol tablets"]),
            ("Use 2 puffs, then 3 drops.", &["2 puffs", "3 drops"]),
            ("500 mg/ml", &["500 mg/ml"]),
            ("Take 250 mg/5 ml, or 250mg/5ml.", &["250 mg/5 ml", "250mg/5ml"]),
            ("Tablets: 2 at night.", &["Tablets: 2"]),
            (
                "Take an extra ibuprofen, or another paracetamol at night.",
                &["extra ibuprofen", "another paracetamol"],
            ),
            ("Stick on one patch every 72 hours.", &["one patch"]),
            ("Take 5 ml with milk.", &["5 ml"]),
            ("up to 4 g of paracetamol", &["4 g"]),
            ("Inject 10 units of insulin.", &["10 units"]),
            ("Stick on two patches of the medicine.", &["two patches"]),
            ("Take 1tbsp of the syrup.", &["1tbsp"]),
            ("Take two small white tablets.", &["two small white tablets"]),
            ("Take two of your paracetamol tablets.", &["two of your paracetamol tablets"]),
            ("Take 2 (two) tablets, or 2 soluble tablets.", &["two) tablets", "2 soluble tablets"]),
            ("Take 2 tabs tds, or 2 ibuprofens.", &["2 tabs", "2 ibuprofens"]),
            ("Take half a gram of paracetamol.", &["half a gram"]),
            ("Take a couple of ibuprofen, or a quarter tablet.", &["couple of ibuprofen", "quarter tablet"]),
            ("Ibuprofen 400 three times a day.", &["Ibuprofen 400"]),
            ("Take naproxen 500 bd, amitriptyline 10 at night.", &["naproxen 500", "amitriptyline 10"]),
            ("Ibuprofen: 400 with food.", &["Ibuprofen: 400"]),
            ("Take 2 Panadol.", &["2 Panadol"]),
            (
                "Take two ibuprofen with food, or one or two co-codamol.",
                &["two ibuprofen", "one or two co-codamol"],
            ),
            ("Take 2 of your naproxen every day.", &["2 of your naproxen"]),
            ("Take ibuprofen 400 or co-codamol 30.", &["ibuprofen 400", "co-codamol 30"]),
            ("Take two paracetamol four times a day.", &["two paracetamol"]),
            ("Take 2 codeine 3 times a day.", &["2 codeine"]),
            ("Take two ibuprofen first thing in the morning.", &["two ibuprofen"]),
            ("Take two naproxen one hour before bed.", &["two naproxen"]),
        ],
    );
}

#[test]
fn numbers_that_are_no_doses_are_let_through() {
    lets_through(
        DOSE,
        &[
            "Hold for 5 minutes.",
            "Do 5 more.",
            "A 10 g force.",
            "Eat 30 g of protein.",
            "Use 2 tablespoons of oil.",
            "Drink 250 ml of water, or two drops of milk.",
            "Fill a 250 ml glass.",
            "Drink no more than 14 units of alcohol.",
            "Sugar of 200 mg/dl.",
            "Some tablets are strong.",
            "Take the tablet with food.",
            "One of the tablets.",
            "Tablets: 2 kinds.",
            "Another ibuprofen leaflet.",
            "Drink 500 ml warm water, or 500 ml boiled water.",
            "Sew one patch on your bag.",
            "Vitamin B12 and 2nd.",
            "5G phones, 3D pictures.",
            "10 kg, 5 m, 3 cm.",
            "mg and ml are units.",
            "Step 5. Drops of rain.",
            "patches 2",
            "Drink a large glass of water (250 ml), or 150 ml of fruit juice.",
            "Roll a cold can (330 ml) under your foot.",
            "A glass of milk has 300 mg of calcium.",
            "1 cup = 250 ml.",
            "Stir 1 teaspoon of salt into 500 ml of boiled water.",
            "A cup has 95 mg of caffeine, a banana 420 mg of potassium.",
            "Rub 20 ml of olive oil on the scar, with 2 drops of lavender oil.",
            "Two ibuprofen leaflets, and one paracetamol page.",
            "Naproxen 250 people took.",
            "Take ibuprofen 3 times a day.",
            "A leaflet on aspirin 2019, and one on codeine [12].",
            "Do not take naproxen, 40 people said.",
            "One pill box, or one tablet computer.",
            "Two tablets may look alike. Three capsules look alike.",
        ],
    );
}

#[test]
fn doses_are_found_in_other_languages() {
    for (language, text, expected) in [
        ("de", "Nehmen Sie 500 mg oder 2 Tabletten.", vec!["500 mg", "2 Tabletten"]),
        ("de", "20 Tropfen, 1 bis 2 Hübe", vec!["20 Tropfen", "1 bis 2 Hübe"]),
        ("fr", "Prenez 2 comprimés.", vec!["2 comprimés"]),
        ("es", "Tome 2 cápsulas.", vec!["2 cápsulas"]),
        ("ja", "500mgを飲む。", vec![]),
        ("ja", "500 mg を飲む。", vec!["500 mg"]),
        ("de", "Trinken Sie 250 ml Wasser.", vec![]),
        ("fr", "Buvez 250 ml d'eau.", vec![]),
    ] {
        assert_eq!(marked_in(DOSE, language, text), expected, "{text}");
    }
}

#[test]
fn on_the_page_of_a_medicine_numbers_say_more() {
    for (language, text, expected) in [
        ("en", "Take two every six hours.", vec!["two"]),
        ("en", "Take one or two three times a day.", vec!["one or two"]),
        ("en", "Take two ibuprofen three times a day.", vec!["two ibuprofen"]),
        ("en", "Take two first thing in the morning.", vec!["two"]),
        ("en", "Take one in the morning.", vec!["one"]),
        ("en", "Adults: 2 every 6 hours.", vec!["2"]),
        ("en", "You can have one every six hours.", vec!["one"]),
        ("en", "Take 2 x 200.", vec!["2 x 200"]),
        ("en", "The dose is 400.", vec!["400"]),
        ("en", "No more than eight in 24 hours.", vec!["eight"]),
        ("en", "Take half a tablet.", vec!["half a tablet"]),
        (
            "en",
            "It helps 1 in 10 people. Drink 8 glasses. Look every 6 hours, and in 2024 every day.",
            vec![],
        ),
        (
            "en",
            "The dose is a matter for your prescriber. Take one away. A look at one in the evening.",
            vec![],
        ),
        ("en", "Squeeze out 4 cm of gel.", vec!["4 cm of gel"]),
        ("en", "Lie 4 cm from the edge of gel packs.", vec![]),
        ("en", "Take 1-0-1.", vec!["1-0-1"]),
        ("de", "Nehmen Sie es 1-0-1 oder 1 - 0 - 0 - ½.", vec!["1-0-1", "1 - 0 - 0 - ½"]),
        ("de", "Rufen Sie 116 117 an, 030-12-34-56, am 2026-11-26, 10-12 Uhr.", vec![]),
    ] {
        assert_eq!(marked_on(Subject::Medicine, DOSE, language, text), expected, "{text}");
    }
}

#[test]
fn doses_are_found_in_headings_and_tables() {
    let blocks = [(ProseKind::Heading, "Take 5 mg"), (ProseKind::Cell, "5 mg")];
    assert_eq!(findings(&[DOSE], "en", &blocks).len(), 2);
}

#[test]
fn a_unit_alone_in_a_cell_heads_a_column_of_doses() {
    let cell = |text: &'static str| findings(&[DOSE], "en", &[(ProseKind::Cell, text)]);
    assert_eq!(
        cell("Dose (mg)"),
        [
            "[medicine-dose-in-text] mg | `mg` heads a column of doses of a medicine | leave it out, and send readers to the \
             label, their pharmacist or their prescriber"
        ]
    );
    assert_eq!(cell("Ibuprofen (mg)").len(), 1);
    for none in
        ["mg", "Food (mg)", "Weight (kg)", "Caffeine (mg)", "Water (ml)", "mg and ml", "What mg means"]
    {
        assert_eq!(cell(none), Vec::<String>::new(), "{none}");
    }
    assert_eq!(findings(&[DOSE], "en", &[(ProseKind::Paragraph, "Dose (mg)")]), Vec::<String>::new());
}
