from django.db import migrations

# domain.md §3.1: the eight groups of 2018, the four key groups of 2021, Guangdong's five of 2022.
OFFICIAL = [
    (
        "eight_groups",
        "八大群体",
        "中华全国总工会, 2018",
        [
            "truck_driver",
            "courier",
            "care_worker",
            "domestic_worker",
            "shop_promoter",
            "rider",
            "estate_agent",
            "security_guard",
        ],
    ),
    (
        "four_key_groups",
        "四类重点群体",
        "中华全国总工会集中行动, 2021",
        ["truck_driver", "ride_hailing_driver", "courier", "rider"],
    ),
    (
        "guangdong_five",
        "广东新就业形态五类",
        "粤人社规〔2022〕14号",
        ["rider", "ride_hailing_driver", "online_freight_driver", "livestreamer", "courier"],
    ),
]


def write(apps, _schema_editor):
    group = apps.get_model("campaigns", "OccupationGroup")
    for code, name, source, occupations in OFFICIAL:
        group.objects.update_or_create(
            code=code, defaults={"name": name, "source": source, "occupations": occupations}
        )


def remove(apps, _schema_editor):
    codes = [code for code, *_ in OFFICIAL]
    apps.get_model("campaigns", "OccupationGroup").objects.filter(code__in=codes).delete()


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0004_rules_shares_undo")]

    operations = [migrations.RunPython(write, remove)]
