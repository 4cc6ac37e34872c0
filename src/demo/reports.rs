//! What made-up workers hand in: hazards with the place where they are, and proposals.

use super::{dice::Dice, scene::Scene};
use crate::app::works::HandedIn;

struct Hazard {
    spots: [&'static str; 2],
    text: &'static str,
    /// What somebody else says of the same.
    again: &'static str,
    scene: Scene,
}

const HAZARDS: [Hazard; 8] = [
    Hazard {
        spots: ["东门立柱旁", "油漆库门口"],
        text: "灭火器压力表指针在红区，压力不足，检查卡三个月没有签字。",
        again: "灭火器压力不足，指针在红区，没有人检查。",
        scene: Scene::Extinguisher,
    },
    Hazard {
        spots: ["南侧安全出口", "二楼楼梯口"],
        text: "安全出口前堆放木箱，门只能开一半，疏散通道被占用。",
        again: "安全出口被木箱堵住，门只能开一半。",
        scene: Scene::BlockedExit,
    },
    Hazard {
        spots: ["3 号焊机旁", "下料区过道"],
        text: "电焊机一次线绝缘层破损，露出铜芯，从过道地面拖过。",
        again: "过道上电缆绝缘层破损，铜芯露出来了。",
        scene: Scene::BareCable,
    },
    Hazard {
        spots: ["工具间", "打磨工位"],
        text: "砂轮机左侧防护罩拆下后没有装回，砂轮裸露，有人正在使用。",
        again: "砂轮机左侧没有防护罩，砂轮裸露。",
        scene: Scene::Grinder,
    },
    Hazard {
        spots: ["2 号液压机下", "叉车通道转弯处"],
        text: "液压站接头渗油，地面积了一片油，人走过打滑。",
        again: "液压站渗油，地面有一片油，很滑。",
        scene: Scene::Oil,
    },
    Hazard {
        spots: ["气瓶存放区", "装配平台北侧"],
        text: "氧气瓶、乙炔瓶没有固定，一只已经倾斜，两瓶间距不到 5 米。",
        again: "气瓶没有固定，一只已经倾斜。",
        scene: Scene::Cylinders,
    },
    Hazard {
        spots: ["地坑口", "检修沟旁"],
        text: "检修后盖板没有复位，坑口没有护栏，只放了一块警示牌。",
        again: "坑口盖板没有复位，也没有护栏。",
        scene: Scene::Pit,
    },
    Hazard {
        spots: ["配电间外墙", "行车立柱"],
        text: "配电箱箱门打开没有上锁，内部接线裸露，箱下有积水痕迹。",
        again: "配电箱门没有上锁，里面接线裸露。",
        scene: Scene::OpenBox,
    },
];

pub(super) const PROPOSALS: [(&str, &str); 8] = [
    ("给行车加装声光报警", "行车吊运通过人员密集区时自动响铃闪灯，提醒地面人员避让。"),
    ("焊接工位用快装挡光屏", "用带磁脚的挡光屏代替帆布，换工件时一个人就能挪，弧光不再伤到过路的人。"),
    ("班前会用实物讲隐患", "每周把查到的一件坏劳保用品、坏工具带到班前会上讲，比念文件管用。"),
    ("叉车转弯处装广角镜", "三个盲区转角装上广角镜和地面蓝光，叉车和行人都看得见。"),
    ("工具柜按形状画影子", "工具柜里按工具的形状画出影子，少一件一眼看出，不会落在设备里。"),
    ("高温天气错峰作业", "七八月把露天打磨改到早上六点到十点，中午进车间做装配。"),
    ("配电箱贴检查二维码", "扫码就能看上一次谁查的、查出什么，没有按时查的自动提醒班组长。"),
    ("气瓶车改成三轮加链条", "两轮气瓶车上坡容易倒，改成三轮并加链条，一个人推也稳。"),
];

/// One of the hazards, at a place of a workshop.
pub(super) struct Told {
    kind: usize,
    place: String,
}

impl Told {
    pub(super) fn somewhere(workshop: &str, dice: &mut Dice) -> Self {
        let kind = usize::try_from(dice.roll(HAZARDS.len() as u64)).unwrap_or(0);
        let spot = HAZARDS[kind].spots[usize::try_from(dice.roll(2)).unwrap_or(0)];
        Self { kind, place: format!("{workshop}{spot}") }
    }

    pub(super) fn first(&self, album: &Album) -> HandedIn {
        self.handed_in(HAZARDS[self.kind].text, album)
    }

    /// As somebody else tells the same.
    pub(super) fn again(&self, album: &Album) -> HandedIn {
        self.handed_in(HAZARDS[self.kind].again, album)
    }

    fn handed_in(&self, text: &str, album: &Album) -> HandedIn {
        HandedIn {
            title: String::new(),
            text: text.to_owned(),
            place: self.place.clone(),
            pictures: vec![album.0[self.kind].clone()],
        }
    }
}

/// A picture of each hazard.
pub(super) struct Album(Vec<Vec<u8>>);

impl Album {
    pub(super) fn drawn() -> image::ImageResult<Self> {
        HAZARDS.iter().map(|hazard| super::scene::draw(hazard.scene)).collect::<image::ImageResult<_>>().map(Self)
    }
}
