using System.Text;
using System.Xml.Linq;
using QRCoder;
using static Workflow.Host.Pages.Html;

namespace Workflow.Host.Forms;

/// <summary>A QR code as an SVG of one path.</summary>
internal static class QrPicture
{
    /// <summary>What stands in the code: the dossier's code, behind the address for looking it up where there is one. Nothing personal.</summary>
    public static string Payload(string code, Uri? lookUp) => lookUp is null ? code : lookUp.AbsoluteUri + Uri.EscapeDataString(code);

    /// <summary>Draws the code, with the quiet zone of four modules that scanners want.</summary>
    public static XElement Draw(string payload, string label)
    {
        using var data = QRCodeGenerator.GenerateQrCode(payload, QRCodeGenerator.ECCLevel.M);
        var modules = data.ModuleMatrix;
        var path = new StringBuilder();
        for (var y = 0; y < modules.Count; y++)
        {
            for (var x = 0; x < modules[y].Count; x++)
            {
                if (modules[y][x])
                {
                    path.Append($"M{x} {y}h1v1h-1z");
                }
            }
        }

        return Tag(
            "svg",
            "qr",
            With("viewBox", $"0 0 {modules.Count} {modules.Count}"),
            With("role", "img"),
            With("aria-label", label),
            new XElement("rect", With("width", modules.Count), With("height", modules.Count), With("fill", "#fff")),
            new XElement("path", With("d", path.ToString()), With("fill", "#000"), With("shape-rendering", "crispEdges")));
    }
}
