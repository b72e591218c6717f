using System.Diagnostics;
using System.Globalization;
using System.Text;
using MucGen.Fuzz;

// dotnet run -c Release --project tests/MucGen.Fuzz -- xml --cases 1000000 [--seed S]     tries the XML reader, says each find, fails when there is one
// dotnet run -c Release --project tests/MucGen.Fuzz -- xml --digest --cases 5000          says a digest of what is understood of the cases
if (args is not ["xml", ..])
{
    Console.Error.WriteLine("usage: xml [--cases N] [--seed S] [--digest]");
    return 2;
}
var cases = Option("--cases", 100_000);
var seed = Option("--seed", 1);
return args.Contains("--digest") ? Digest() : Try();

int Option(string name, int otherwise)
{
    var at = Array.IndexOf(args, name);
    return at < 0 ? otherwise : int.Parse(args[at + 1], CultureInfo.InvariantCulture);
}

int Digest()
{
    Console.WriteLine(XmlDigest.Of(seed, cases));
    return 0;
}

int Try()
{
    const int mostFinds = 20;
    var finds = 0;
    var watch = Stopwatch.StartNew();
    Parallel.For(0, cases, (number, loop) =>
    {
        var frame = new XmlCases(seed).Make(number);
        string? problem;
        try
        {
            problem = XmlTarget.Check(frame, new Random(number));
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            problem = error.ToString();
        }
        if (problem is null) return;
        Console.WriteLine($"case {number} of seed {seed}: {problem}\n  {Convert.ToHexString(frame)}\n  {Encoding.UTF8.GetString(frame)}");
        if (Interlocked.Increment(ref finds) == mostFinds) loop.Stop();
    });
    Console.WriteLine($"{cases} cases of seed {seed} in {watch.Elapsed.TotalSeconds:F0} s, {finds} finds");
    return finds == 0 ? 0 : 1;
}
