"""What the generated programmes are made of: agencies, and pieces of titles and notes in both languages."""

from __future__ import annotations

from typing import NamedTuple


class Pair(NamedTuple):
    """The same words in Vietnamese and in English."""

    vi: str
    en: str


class Office(NamedTuple):
    """An agency: its id, its name in both languages and its abbreviation."""

    id: str
    vi: str
    en: str
    code: str


OFFICES = (
    Office("UBNDTinh", "Ủy ban nhân dân tỉnh", "Provincial People's Committee", "UBND"),
    Office("SoNgoaiVu", "Sở Ngoại vụ", "Department of Foreign Affairs", "SNgV"),
    Office("SoKeHoachDauTu", "Sở Kế hoạch và Đầu tư", "Department of Planning and Investment", "SKHĐT"),
    Office("SoCongThuong", "Sở Công Thương", "Department of Industry and Trade", "SCT"),
    Office("SoTaiChinh", "Sở Tài chính", "Department of Finance", "STC"),
    Office("SoNoiVu", "Sở Nội vụ", "Department of Home Affairs", "SNV"),
    Office("SoVanHoa", "Sở Văn hóa và Thể thao", "Department of Culture and Sports", "SVHTT"),
    Office("SoDuLich", "Sở Du lịch", "Department of Tourism", "SDL"),
    Office("SoGiaoDuc", "Sở Giáo dục và Đào tạo", "Department of Education and Training", "SGDĐT"),
    Office("SoYTe", "Sở Y tế", "Department of Health", "SYT"),
    Office("SoNongNghiep", "Sở Nông nghiệp", "Department of Agriculture", "SNN"),
    Office("SoGiaoThong", "Sở Giao thông vận tải", "Department of Transport", "SGTVT"),
    Office("SoXayDung", "Sở Xây dựng", "Department of Construction", "SXD"),
    Office("SoTaiNguyen", "Sở Tài nguyên và Môi trường", "Department of Natural Resources", "STNMT"),
    Office("SoKhoaHoc", "Sở Khoa học và Công nghệ", "Department of Science and Technology", "SKHCN"),
    Office("SoThongTin", "Sở Thông tin và Truyền thông", "Department of Information", "STTTT"),
    Office("SoTuPhap", "Sở Tư pháp", "Department of Justice", "STP"),
    Office("CongAnTinh", "Công an tỉnh", "Provincial Police", "CAT"),
    Office("BoDoiBienPhong", "Bộ đội Biên phòng tỉnh", "Provincial Border Guard", "BĐBP"),
    Office("BanQuanLyKhuKinhTe", "Ban Quản lý Khu kinh tế", "Economic Zone Authority", "BQLKKT"),
)

DEEDS = (
    Pair("Tổ chức", "Hold"),
    Pair("Rà soát", "Review"),
    Pair("Xây dựng kế hoạch", "Plan"),
    Pair("Tham gia", "Take part in"),
    Pair("Chuẩn bị", "Prepare"),
    Pair("Đánh giá", "Evaluate"),
    Pair("Mở rộng", "Widen"),
)
THINGS = (
    Pair("hội chợ thương mại biên giới", "the border trade fair"),
    Pair("lớp bồi dưỡng ngoại ngữ cho cán bộ", "language courses for officers"),
    Pair("hội nghị xúc tiến đầu tư", "the investment conference"),
    Pair("chương trình trao đổi thanh niên", "the youth exchange"),
    Pair("thỏa thuận hợp tác với địa phương bạn", "the agreement with the neighbouring province"),
    Pair("dự án nước sạch nông thôn", "the rural water project"),
    Pair("đường ra cửa khẩu", "the road to the border gate"),
    Pair("tuần lễ văn hóa và du lịch", "the week of culture and tourism"),
    Pair("đề án vận động viện trợ phi chính phủ", "the drive for non-governmental aid"),
    Pair("cơ sở dữ liệu về điều ước quốc tế", "the register of treaties"),
    Pair("đoàn khảo sát thị trường", "the market survey visit"),
)
PLACES = (
    Pair("tại Trùng Khánh", "in Trùng Khánh"),
    Pair("tại Phục Hòa", "in Phục Hòa"),
    Pair("tại Quảng Uyên", "in Quảng Uyên"),
    Pair("tại Trà Lĩnh", "in Trà Lĩnh"),
    Pair("tại Bảo Lạc", "in Bảo Lạc"),
    Pair("với Quảng Tây", "with Guangxi"),
    Pair("với Vân Nam", "with Yunnan"),
    Pair("trên toàn tỉnh", "in the whole province"),
)
UNITS = (Pair("lượt người", "participants"), Pair("lớp", "courses"), Pair("tổ chức", "organisations"))

NOTES = (
    "Đã trình Ủy ban nhân dân tỉnh phê duyệt kế hoạch.",
    "Đã họp với các sở, ngành; còn chờ ý kiến của Sở Tài chính.",
    "Đoàn công tác đã làm việc với phía bạn, thống nhất nội dung chính.",
    "Kinh phí cấp chậm; việc chuyển sang quý sau.",
    "The draft went to the People's Committee.",
    "The partners agreed on the main points; the text follows.",
    "Half of the districts have sent their figures.",
)
PAPERS = ("Báo cáo số {number}/BC-SNgV", "Công văn số {number}/UBND-NC", "Quyết định số {number}/QĐ-UBND")
