//! Pictures of hazards, drawn: what a worker's phone would have taken. Simple shapes, so that nobody takes them for
//! photographs.

use std::io::Cursor;

use image::{ImageResult, Rgb, RgbImage, codecs::jpeg::JpegEncoder};

const WIDE: i32 = 480;
const HIGH: i32 = 360;
/// Where the wall meets the floor.
const FLOOR: i32 = 230;
const QUALITY: u8 = 82;

type Colour = [u8; 3];
const STEEL: Colour = [120, 130, 142];
const DARK: Colour = [44, 48, 54];
const RED: Colour = [196, 32, 36];
const GREEN: Colour = [30, 132, 76];
const YELLOW: Colour = [238, 190, 40];
const WHITE: Colour = [244, 244, 240];
const WOOD: Colour = [168, 118, 66];
const COPPER: Colour = [206, 110, 50];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scene {
    Extinguisher,
    BlockedExit,
    BareCable,
    Grinder,
    Oil,
    Cylinders,
    Pit,
    OpenBox,
}

/// A JPEG.
pub(super) fn draw(scene: Scene) -> ImageResult<Vec<u8>> {
    let mut canvas = Canvas(RgbImage::new(WIDE.unsigned_abs(), HIGH.unsigned_abs()));
    canvas.workshop();
    match scene {
        Scene::Extinguisher => canvas.extinguisher(),
        Scene::BlockedExit => canvas.blocked_exit(),
        Scene::BareCable => canvas.bare_cable(),
        Scene::Grinder => canvas.grinder(),
        Scene::Oil => canvas.oil(),
        Scene::Cylinders => canvas.cylinders(),
        Scene::Pit => canvas.pit(),
        Scene::OpenBox => canvas.open_box(),
    }
    let mut bytes = Cursor::new(Vec::new());
    canvas.0.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, QUALITY))?;
    Ok(bytes.into_inner())
}

struct Canvas(RgbImage);

impl Canvas {
    fn dot(&mut self, x: i32, y: i32, colour: Colour) {
        if let (Ok(x), Ok(y)) = (u32::try_from(x), u32::try_from(y))
            && let Some(pixel) = self.0.get_pixel_mut_checked(x, y)
        {
            *pixel = Rgb(colour);
        }
    }

    fn bar(&mut self, x: i32, y: i32, wide: i32, high: i32, colour: Colour) {
        for row in y..y + high {
            for column in x..x + wide {
                self.dot(column, row, colour);
            }
        }
    }

    fn oval(&mut self, (x, y): (i32, i32), (wide, high): (i32, i32), colour: Colour) {
        for row in -high..=high {
            for column in -wide..=wide {
                if column * column * high * high + row * row * wide * wide <= wide * wide * high * high {
                    self.dot(x + column, y + row, colour);
                }
            }
        }
    }

    fn stroke(&mut self, (x, y): (i32, i32), (to_x, to_y): (i32, i32), thick: i32, colour: Colour) {
        let steps = (to_x - x).abs().max((to_y - y).abs()).max(1);
        for step in 0..=steps {
            let at = (x + (to_x - x) * step / steps, y + (to_y - y) * step / steps);
            self.bar(at.0 - thick / 2, at.1 - thick / 2, thick, thick, colour);
        }
    }

    /// A wall with a stripe of safety green, a floor with a yellow line.
    fn workshop(&mut self) {
        self.bar(0, 0, WIDE, 150, [214, 218, 220]);
        self.bar(0, 150, WIDE, FLOOR - 150, [126, 168, 148]);
        self.bar(0, FLOOR, WIDE, HIGH - FLOOR, [150, 152, 150]);
        self.bar(0, FLOOR - 4, WIDE, 4, DARK);
        self.stroke((0, HIGH - 30), (WIDE, HIGH - 52), 10, YELLOW);
        for column in (30..WIDE).step_by(120) {
            self.bar(column, 20, 70, 60, [232, 240, 246]);
        }
    }

    /// Its needle stands in the red.
    fn extinguisher(&mut self) {
        self.bar(205, 120, 70, 160, RED);
        self.oval((240, 120), (35, 22), RED);
        self.bar(232, 84, 16, 20, DARK);
        self.stroke((240, 88), (292, 78), 8, DARK);
        self.stroke((276, 120), (310, 200), 8, DARK);
        self.bar(214, 170, 52, 60, WHITE);
        self.oval((240, 146), (18, 18), WHITE);
        self.stroke((226, 152), (232, 138), 5, RED);
        self.stroke((240, 146), (229, 152), 3, DARK);
    }

    fn blocked_exit(&mut self) {
        self.bar(170, 70, 140, 162, GREEN);
        self.bar(206, 40, 68, 24, GREEN);
        self.bar(214, 46, 52, 12, WHITE);
        self.oval((292, 156), (5, 5), YELLOW);
        for (x, y, side) in [(130, 190, 90), (224, 170, 110), (180, 110, 80)] {
            self.bar(x, y, side, side, WOOD);
            self.bar(x, y + side / 2 - 4, side, 8, [198, 160, 110]);
            self.bar(x, y, side, 3, DARK);
        }
    }

    fn bare_cable(&mut self) {
        self.bar(20, 100, 60, 80, STEEL);
        self.oval((50, 140), (14, 14), DARK);
        for (from, to) in [((60, 150), (150, 300)), ((150, 300), (290, 270)), ((290, 270), (460, 320))] {
            self.stroke(from, to, 14, DARK);
        }
        self.stroke((200, 290), (246, 280), 10, COPPER);
        self.stroke((214, 286), (228, 262), 3, YELLOW);
    }

    /// The wheel has no guard.
    fn grinder(&mut self) {
        self.bar(150, 200, 180, 100, STEEL);
        self.bar(180, 150, 120, 60, [70, 96, 130]);
        self.oval((140, 180), (52, 52), [96, 84, 74]);
        self.oval((140, 180), (12, 12), DARK);
        self.oval((340, 180), (52, 52), [70, 96, 130]);
        self.oval((340, 180), (34, 34), [96, 84, 74]);
        for spark in 0..7 {
            self.stroke((92, 190), (40 + spark * 4, 150 + spark * 14), 2, YELLOW);
        }
    }

    fn oil(&mut self) {
        self.bar(250, 90, 180, 160, [70, 96, 130]);
        self.bar(270, 110, 60, 40, DARK);
        self.oval((410, 120), (10, 10), RED);
        self.oval((210, 300), (150, 34), [40, 36, 30]);
        self.oval((270, 282), (80, 26), [40, 36, 30]);
        self.oval((180, 294), (50, 8), [88, 80, 110]);
        self.stroke((262, 236), (250, 272), 8, [40, 36, 30]);
    }

    /// Nothing holds them, and one leans.
    fn cylinders(&mut self) {
        self.bar(150, 110, 52, 170, [36, 96, 170]);
        self.oval((176, 110), (26, 20), [36, 96, 170]);
        self.bar(168, 78, 16, 18, DARK);
        self.stroke((290, 276), (326, 120), 52, WHITE);
        self.stroke((330, 104), (334, 86), 16, DARK);
        self.bar(150, 190, 52, 24, WHITE);
    }

    /// An open pit, and no rail around it.
    fn pit(&mut self) {
        self.oval((240, 296), (140, 40), STEEL);
        self.oval((240, 296), (128, 33), [18, 18, 20]);
        self.bar(330, 120, 90, 70, YELLOW);
        self.bar(336, 126, 78, 58, WHITE);
        self.stroke((375, 190), (375, 262), 6, DARK);
        self.bar(370, 136, 10, 30, RED);
        self.bar(370, 170, 10, 8, RED);
    }

    fn open_box(&mut self) {
        self.bar(170, 70, 120, 150, STEEL);
        self.bar(180, 80, 100, 130, DARK);
        for row in 0..3 {
            for column in 0..3 {
                self.bar(190 + column * 30, 92 + row * 38, 20, 26, WHITE);
                self.bar(196 + column * 30, 98 + row * 38, 8, 12, RED);
            }
        }
        self.stroke((290, 70), (350, 92), 4, STEEL);
        self.bar(292, 78, 56, 140, [146, 156, 168]);
        self.bar(308, 130, 24, 22, YELLOW);
        for (from, to) in [((200, 208), (190, 280)), ((230, 208), (240, 300)), ((260, 208), (300, 290))] {
            self.stroke(from, to, 5, RED);
        }
    }
}
