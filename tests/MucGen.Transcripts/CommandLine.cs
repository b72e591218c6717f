using System.Globalization;
using MucGen.Transcripts.Tcp;

namespace MucGen.Transcripts;

/// <summary>What the command was asked to do.</summary>
internal sealed record CommandLine(
    string Command,
    IReadOnlyList<string> Paths,
    TcpOptions Tcp,
    string Domain,
    string MucDomain,
    int Repeat,
    TimeSpan Patience)
{
    public const string Usage = """
        Plays scripts in Scansion's grammar against an XMPP server.

          transcripts run   [options] FILE|FOLDER...   plays the scripts; the exit status is 1 when one fails
          transcripts check FILE|FOLDER...             reads the scripts only

          --host HOST        where to connect (127.0.0.1)
          --port PORT        (5222)
          --domain DOMAIN    the server's domain, for 'localhost' in the scripts (localhost)
          --muc DOMAIN       its MUC service, for 'conference.localhost' (conference.DOMAIN)
          --register         create the accounts by in-band registration
          --tls              use STARTTLS, whatever the certificate
          --mechanism NAME   use this SASL mechanism only: SCRAM-SHA-256, SCRAM-SHA-1 or PLAIN
          --repeat N         play each script N times in a row (1)
          --patience SECONDS how long a step may wait (30)
        """;

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="FormatException">The arguments are not understood; the message says which.</exception>
    public static CommandLine Parse(string[] args)
    {
        if (args.Length == 0 || args[0] is not ("run" or "check"))
            throw new FormatException("say 'run' or 'check'");
        var (host, port, domain, muc, mechanism) = ("127.0.0.1", 5222, "localhost", (string?)null, (string?)null);
        var (register, tls, repeat, patience) = (false, false, 1, 30);
        var paths = new List<string>();
        for (var i = 1; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--host": host = Value(args, ref i); break;
                case "--port": port = Number(args, ref i); break;
                case "--domain": domain = Value(args, ref i); break;
                case "--muc": muc = Value(args, ref i); break;
                case "--mechanism": mechanism = Value(args, ref i); break;
                case "--register": register = true; break;
                case "--tls": tls = true; break;
                case "--repeat": repeat = Number(args, ref i); break;
                case "--patience": patience = Number(args, ref i); break;
                case ['-', ..] unknown: throw new FormatException($"'{unknown}' is not an option");
                default: paths.Add(args[i]); break;
            }
        }

        if (paths.Count == 0)
            throw new FormatException("name a script or a folder of scripts");
        return new CommandLine(
            args[0], paths, new TcpOptions(host, port, tls, register, mechanism), domain, muc ?? $"conference.{domain}", repeat, TimeSpan.FromSeconds(patience));
    }

    private static string Value(string[] args, ref int i) =>
        ++i < args.Length ? args[i] : throw new FormatException($"'{args[i - 1]}' needs a value");

    private static int Number(string[] args, ref int i) =>
        int.TryParse(Value(args, ref i), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new FormatException($"'{args[i - 1]}' needs a positive number, not '{args[i]}'");
}
