//! The sRGB colour space as an ICC profile of version 2, built from the published numbers of the
//! standard: readers and printers then agree on what our greys are.

/// White, and red, green and blue as IEC 61966-2-1 gives them, adapted to the profile's own
/// white (D50), in 65536ths.
const WHITE: [u32; 3] = [0xF6D6, 0x1_0000, 0xD32D];
const RED: [u32; 3] = [0x6FA2, 0x38F5, 0x0390];
const GREEN: [u32; 3] = [0x6299, 0xB785, 0x18DA];
const BLUE: [u32; 3] = [0x24A0, 0x0F84, 0xB6CF];

/// Points of the tone curve.
const CURVE_POINTS: u16 = 256;

/// The bytes of the profile.
pub(super) fn srgb() -> Vec<u8> {
    let curve = curve();
    let tags: [(&[u8; 4], Vec<u8>); 9] = [
        (b"desc", description("sRGB")),
        (b"cprt", text("No copyright: made from published numbers.")),
        (b"wtpt", xyz(WHITE)),
        (b"rXYZ", xyz(RED)),
        (b"gXYZ", xyz(GREEN)),
        (b"bXYZ", xyz(BLUE)),
        (b"rTRC", curve),
        (b"gTRC", Vec::new()),
        (b"bTRC", Vec::new()),
    ];
    profile(&tags)
}

/// Header, tag table, tag data. A tag without data shares that of the tag before it.
fn profile(tags: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut table = to_u32(tags.len()).to_be_bytes().to_vec();
    let mut data: Vec<u8> = Vec::new();
    let data_from = 128 + 4 + 12 * tags.len();
    let mut place = (0, 0);
    for (name, bytes) in tags {
        if !bytes.is_empty() {
            place = (to_u32(data_from + data.len()), to_u32(bytes.len()));
            data.extend(bytes);
            data.resize(data.len().next_multiple_of(4), 0);
        }
        table.extend_from_slice(*name);
        table.extend(place.0.to_be_bytes());
        table.extend(place.1.to_be_bytes());
    }
    let mut whole = header(to_u32(data_from + data.len()));
    whole.extend(table);
    whole.extend(data);
    whole
}

fn header(size: u32) -> Vec<u8> {
    let mut header = size.to_be_bytes().to_vec();
    header.extend([0; 4]);
    header.extend([2, 0x10, 0, 0]);
    header.extend(b"mntrRGB XYZ ");
    // 1 January 2026: a day that stays.
    for part in [2026_u16, 1, 1, 0, 0, 0] {
        header.extend(part.to_be_bytes());
    }
    header.extend(b"acsp");
    header.resize(68, 0);
    for part in WHITE {
        header.extend(part.to_be_bytes());
    }
    header.resize(128, 0);
    header
}

fn xyz(values: [u32; 3]) -> Vec<u8> {
    let mut bytes = b"XYZ \0\0\0\0".to_vec();
    bytes.extend(values.iter().flat_map(|value| value.to_be_bytes()));
    bytes
}

fn text(words: &str) -> Vec<u8> {
    let mut bytes = b"text\0\0\0\0".to_vec();
    bytes.extend(words.bytes());
    bytes.push(0);
    bytes
}

/// The name, in ASCII alone; the two other forms that version 2 knows stay empty.
fn description(name: &str) -> Vec<u8> {
    let mut bytes = b"desc\0\0\0\0".to_vec();
    bytes.extend(to_u32(name.len() + 1).to_be_bytes());
    bytes.extend(name.bytes());
    bytes.push(0);
    bytes.resize(bytes.len() + 4 + 4 + 2 + 1 + 67, 0);
    bytes
}

/// The tone curve of sRGB: straight near black, a power of 2.4 above.
fn curve() -> Vec<u8> {
    let mut bytes = b"curv\0\0\0\0".to_vec();
    bytes.extend(u32::from(CURVE_POINTS).to_be_bytes());
    for point in 0..CURVE_POINTS {
        let value = f64::from(point) / f64::from(CURVE_POINTS - 1);
        let light = if value <= 0.04045 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        };
        bytes.extend(sixteen_bits(light).to_be_bytes());
    }
    bytes
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to 16 bits"
)]
fn sixteen_bits(light: f64) -> u16 {
    (light * 65535.0).round().clamp(0.0, 65535.0) as u16
}

fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_profile_says_its_own_size_and_its_curve_ends_in_white() {
        let bytes = srgb();
        assert_eq!(bytes[..4], to_u32(bytes.len()).to_be_bytes());
        assert_eq!(&bytes[36..40], b"acsp");
        assert_eq!(bytes[bytes.len() - 2..], [0xFF, 0xFF]);
    }

    #[test]
    fn red_green_and_blue_add_up_to_white() {
        for axis in 0..3 {
            let sum = RED[axis] + GREEN[axis] + BLUE[axis];
            assert!(sum.abs_diff(WHITE[axis]) <= 16, "{axis}: {sum:x}");
        }
    }
}
